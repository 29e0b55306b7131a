#include "train/hooks/average_weights.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "fer/core/error.hpp"
#include "fer/nn/network.hpp"
#include "train/hooks/kept_weights.hpp"

namespace fer::train {
namespace {

/// What share of the new average the weights after the `step`-th step are, from 1, where `taken` were taken in before;
/// none: they are left out.
using Share = std::function<std::optional<double>(std::int64_t step, std::int64_t taken)>;

class AverageWeights : public Hook {
 public:
  AverageWeights(std::string name, Share share) : name_(std::move(name)), share_(std::move(share)) {}

  std::string name() const override { return name_; }

  void stepEnd(const StepEnd& step) override {
    const torch::NoGradGuard no_grad;
    const std::optional<double> share = share_(++steps_, taken_);
    if (!share) return;
    ++taken_;
    for (const auto& [name, tensor] : nn::namedState(step.network)) {
      at::Tensor& average = averages_[name];
      if (!average.defined())
        average = tensor.detach().clone();
      else
        average = average.to(tensor.device()).lerp_(tensor.detach(), *share);  // a checkpoint gives it on the CPU
    }
  }

  void evaluationBegin(nn::Network& network) override { swap(network); }
  void evaluationEnd(nn::Network& network) override { swap(network); }

  void save(nlohmann::json& state, nn::TensorFile& file) const override {
    state = {{"steps", steps_}, {"taken", taken_}};
    saveKept(averages_, name_, file);
  }

  void restore(const nlohmann::json& state, const nn::TensorFile& file) override {
    steps_ = state.at("steps").get<std::int64_t>();
    taken_ = state.contains("taken") ? state.at("taken").get<std::int64_t>() : steps_;  // as the first ones had it
    averages_ = restoreKept(name_, file);
    if ((taken_ > 0) == averages_.empty())
      throw dataError("the training state is damaged: its averaged weights are missing. Use another checkpoint.");
  }

 private:
  /// By value: a recorded step knows the weights by their place.
  void swap(nn::Network& network) {
    const torch::NoGradGuard no_grad;
    for (const auto& [name, tensor] : nn::namedState(network)) {
      const auto found = averages_.find(name);
      if (found == averages_.end()) continue;  // none yet
      const at::Tensor own = tensor.detach().clone();
      at::Tensor(tensor.detach()).copy_(found->second);
      found->second = own;
    }
  }

  std::string name_;
  Share share_;
  std::int64_t steps_ = 0;
  std::int64_t taken_ = 0;  ///< of these, whose weights are in the average
  KeptWeights averages_;
};

}  // namespace

double emaDecay(const EmaOptions& options, std::int64_t steps) {
  if (!options.warmup) return options.decay;
  const auto t = static_cast<double>(steps);
  return std::min(options.decay, (1 + t) / (10 + t));
}

std::unique_ptr<Hook> averageWeights(const EmaOptions& options) {
  return std::make_unique<AverageWeights>(
      "ema", [options](std::int64_t step, std::int64_t) { return 1 - emaDecay(options, step - 1); });
}

std::unique_ptr<Hook> averageWeights(const SwaOptions& options, std::size_t steps_per_epoch) {
  const auto epoch = static_cast<std::int64_t>(steps_per_epoch);
  return std::make_unique<AverageWeights>("swa", [=](std::int64_t step, std::int64_t taken) -> std::optional<double> {
    if (step % epoch != 0 || step / epoch <= options.start) return std::nullopt;
    return 1 / static_cast<double>(taken + 1);
  });
}

}  // namespace fer::train
