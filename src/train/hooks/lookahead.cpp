#include "train/hooks/lookahead.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>

#include <nlohmann/json.hpp>

#include "fer/core/error.hpp"
#include "train/hooks/kept_weights.hpp"

namespace fer::train {
namespace {

class Lookahead : public Hook {
 public:
  explicit Lookahead(const LookaheadOptions& options) : options_(options) {}

  std::string name() const override { return "lookahead"; }

  void epochBegin(nn::Network& network, const TrainingState&) override {
    if (!slow_.empty()) return;
    const torch::NoGradGuard no_grad;
    for (const auto& [name, tensor] : nn::namedState(network)) slow_[name] = tensor.detach().clone();
  }

  void stepEnd(const StepEnd& step) override {
    if (++steps_ % options_.steps != 0) return;
    const torch::NoGradGuard no_grad;
    for (const auto& item : step.network.named_parameters()) {
      const at::Tensor fast = item.value().detach();
      at::Tensor& slow = slow_.at(item.key());
      slow = slow.to(fast.device()).lerp_(fast, options_.alpha);  // a checkpoint gives it on the CPU
      at::Tensor(fast).copy_(slow);
    }
  }

  void save(nlohmann::json& state, nn::TensorFile& file) const override {
    state = {{"steps", steps_}};
    saveKept(slow_, name(), file);
  }

  void restore(const nlohmann::json& state, const nn::TensorFile& file) override {
    steps_ = state.at("steps").get<std::int64_t>();
    slow_ = restoreKept(name(), file);
    if (steps_ > 0 && slow_.empty())
      throw dataError("the training state is damaged: its slow weights are missing. Use another checkpoint.");
  }

 private:
  LookaheadOptions options_;
  std::int64_t steps_ = 0;
  KeptWeights slow_;
};

}  // namespace

std::unique_ptr<Hook> lookahead(const LookaheadOptions& options) {
  return std::make_unique<Lookahead>(options);
}

}  // namespace fer::train
