#include "train/hooks/monitor_hooks.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "train/hooks/early_stopping.hpp"
#include "train/hooks/kept_weights.hpp"
#include "train/hooks/reduce_lr.hpp"

namespace fer::train {
namespace {

using nlohmann::json;

json toJson(const std::optional<double>& value) {
  return value ? json(*value) : json(nullptr);
}

std::optional<double> optionalNumber(const json& value) {
  return value.is_null() ? std::nullopt : std::optional(value.get<double>());
}

/// The monitored value, with a word to the user where it is no number: such a value is never the best.
double monitored(EpochEnd& end, const std::string& monitor) {
  const double value = end.logs.at(monitor);
  if (!std::isfinite(value) && end.note.find(monitor) == std::string::npos)
    end.note += "  (" + monitor + " is not finite and counts as no improvement)";
  return value;
}

class BestCheckpoint : public Hook {
 public:
  BestCheckpoint(CheckpointOptions options, std::function<void(int)> keep)
      : options_(std::move(options)), keep_(std::move(keep)) {}

  std::string name() const override { return "best_checkpoint"; }

  void epochEnd(EpochEnd& end) override {
    const double value = monitored(end, options_.monitor);
    if (!improves(value, best_, betterOf(options_.mode, options_.monitor), 0.0)) return;
    best_ = value;
    keep_(end.epoch);
    end.note += "  best " + options_.monitor;
  }

  void save(json& state, nn::TensorFile&) const override { state = {{"best", toJson(best_)}}; }
  void restore(const json& state, const nn::TensorFile&) override { best_ = optionalNumber(state.at("best")); }

 private:
  CheckpointOptions options_;
  std::function<void(int)> keep_;
  std::optional<double> best_;
};

class LatestCheckpoint : public Hook {
 public:
  explicit LatestCheckpoint(std::function<void(int)> keep) : keep_(std::move(keep)) {}

  std::string name() const override { return "latest_checkpoint"; }
  void epochEnd(EpochEnd& end) override { keep_(end.epoch); }

 private:
  std::function<void(int)> keep_;
};

class EarlyStoppingHook : public Hook {
 public:
  explicit EarlyStoppingHook(const EarlyStoppingOptions& options) : options_(options), rule_(options) {}

  std::string name() const override { return "early_stopping"; }

  void epochEnd(EpochEnd& end) override {
    const EarlyStopping::Verdict verdict = rule_.offer(end.epoch, monitored(end, options_.monitor));
    // As in Keras, the first epoch's weights come back where none is ever an improvement.
    if (options_.restore_best && (verdict == EarlyStopping::Verdict::kImproved || weights_.empty()))
      snapshot(end.network);
    if (verdict != EarlyStopping::Verdict::kStop) return;
    end.stop = "early stopping: " + options_.monitor + " has not improved since epoch " +
               std::to_string(rule_.state().best_epoch + 1);
    if (weights_.empty()) return;
    const torch::NoGradGuard no_grad;
    for (const auto& [name, tensor] : nn::namedState(end.network)) at::Tensor(tensor).copy_(weights_.at(name));
    end.restored = rule_.state().best_epoch;
    *end.stop += ", whose weights were put back";
  }

  void save(json& state, nn::TensorFile& file) const override {
    const EarlyStopping::State& rule = rule_.state();
    state = {{"best", toJson(rule.best)}, {"best_epoch", rule.best_epoch}, {"wait", rule.wait}};
    saveKept(weights_, name(), file);
  }

  void restore(const json& state, const nn::TensorFile& file) override {
    rule_.restore({optionalNumber(state.at("best")), state.at("best_epoch").get<int>(), state.at("wait").get<int>()});
    weights_ = restoreKept(name(), file);
  }

 private:
  void snapshot(const nn::Network& network) {
    for (const auto& [name, tensor] : nn::namedState(network)) {
      const auto [found, fresh] = weights_.try_emplace(name);
      if (fresh) found->second = at::empty(tensor.sizes(), at::kFloat);
      found->second.copy_(tensor.detach());
    }
  }

  EarlyStoppingOptions options_;
  EarlyStopping rule_;
  KeptWeights weights_;  ///< of the best epoch, on the CPU
};

class ReduceLrHook : public Hook {
 public:
  explicit ReduceLrHook(const ReduceLrOptions& options) : options_(options), rule_(options) {}

  std::string name() const override { return "reduce_lr"; }

  void epochEnd(EpochEnd& end) override {
    const double next = rule_.offer(monitored(end, options_.monitor), end.lr);
    if (next == end.lr) return;
    end.lr = next;
    end.note += "  lr cut to " + json(next).dump();
  }

  void save(json& state, nn::TensorFile&) const override {
    const ReduceLrOnPlateau::State& rule = rule_.state();
    state = {{"best", toJson(rule.best)}, {"wait", rule.wait}, {"cooling", rule.cooling}};
  }

  void restore(const json& state, const nn::TensorFile&) override {
    rule_.restore({optionalNumber(state.at("best")), state.at("wait").get<int>(), state.at("cooling").get<int>()});
  }

 private:
  ReduceLrOptions options_;
  ReduceLrOnPlateau rule_;
};

}  // namespace

std::unique_ptr<Hook> bestCheckpoint(const CheckpointOptions& options, std::function<void(int)> keep) {
  return std::make_unique<BestCheckpoint>(options, std::move(keep));
}

std::unique_ptr<Hook> latestCheckpoint(std::function<void(int)> keep) {
  return std::make_unique<LatestCheckpoint>(std::move(keep));
}

std::unique_ptr<Hook> earlyStopping(const EarlyStoppingOptions& options) {
  return std::make_unique<EarlyStoppingHook>(options);
}

std::unique_ptr<Hook> reduceLrOnPlateau(const ReduceLrOptions& options) {
  return std::make_unique<ReduceLrHook>(options);
}

}  // namespace fer::train
