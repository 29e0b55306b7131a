#include "train/hooks/average_weights.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "fer/core/error.hpp"
#include "fer/nn/network.hpp"
#include "train/hooks/kept_weights.hpp"

namespace fer::train {
namespace {

class AverageWeights : public Hook {
 public:
  explicit AverageWeights(const EmaOptions& options) : options_(options) {}

  std::string name() const override { return "ema"; }

  void stepEnd(const StepEnd& step) override {
    const torch::NoGradGuard no_grad;
    const double decay = emaDecay(options_, steps_++);
    for (const auto& [name, tensor] : nn::namedState(step.network)) {
      at::Tensor& average = averages_[name];
      if (!average.defined())
        average = tensor.detach().clone();
      else
        average = average.to(tensor.device()).lerp_(tensor.detach(), 1 - decay);  // a checkpoint gives it on the CPU
    }
  }

  void evaluationBegin(nn::Network& network) override { swap(network); }
  void evaluationEnd(nn::Network& network) override { swap(network); }

  void save(nlohmann::json& state, nn::TensorFile& file) const override {
    state = {{"steps", steps_}};
    saveKept(averages_, name(), file);
  }

  void restore(const nlohmann::json& state, const nn::TensorFile& file) override {
    steps_ = state.at("steps").get<std::int64_t>();
    averages_ = restoreKept(name(), file);
    if ((steps_ > 0) == averages_.empty())
      throw dataError("the training state is damaged: its averaged weights are missing. Use another checkpoint.");
  }

 private:
  /// By value: a recorded step knows the weights by their place.
  void swap(nn::Network& network) {
    const torch::NoGradGuard no_grad;
    for (const auto& [name, tensor] : nn::namedState(network)) {
      const auto found = averages_.find(name);
      if (found == averages_.end()) continue;  // before the first step
      const at::Tensor own = tensor.detach().clone();
      at::Tensor(tensor.detach()).copy_(found->second);
      found->second = own;
    }
  }

  EmaOptions options_;
  std::int64_t steps_ = 0;
  KeptWeights averages_;
};

}  // namespace

double emaDecay(const EmaOptions& options, std::int64_t steps) {
  if (!options.warmup) return options.decay;
  const auto t = static_cast<double>(steps);
  return std::min(options.decay, (1 + t) / (10 + t));
}

std::unique_ptr<Hook> averageWeights(const EmaOptions& options) {
  return std::make_unique<AverageWeights>(options);
}

}  // namespace fer::train
