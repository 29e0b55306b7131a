#include "train/optim/update_rule.hpp"

#include <ATen/ATen.h>

#include <utility>

#include "fer/core/multiversion.hpp"

namespace fer::train {
namespace {

struct SgdNumbers {
  float lr;
  float decay;
  float momentum;
  float look_ahead;  ///< share of the new momentum: momentum with Nesterov's form, else 1
  float share;       ///< of the gradient beside it: 1 with Nesterov's form, else 0
};

FER_MULTIVERSION void sgdStep(std::span<float> values, std::span<float> momentum, std::span<const float> gradients,
                              const SgdNumbers& numbers) {
  float* const p = values.data();
  float* const b = momentum.data();
  const float* const g = gradients.data();
  for (std::size_t i = 0; i < values.size(); ++i) {
    const float d = g[i] + numbers.decay * p[i];
    b[i] = numbers.momentum * b[i] + d;
    p[i] -= numbers.lr * (numbers.share * d + numbers.look_ahead * b[i]);
  }
}

/// Stochastic gradient descent with momentum, as PyTorch computes it:
///   d = g + weight_decay p;  b = momentum b + d;  p -= lr (d + momentum b) with Nesterov's, else p -= lr b
/// Sources: torch.optim.SGD; Sutskever et al. 2013.
class Sgd : public UpdateRule {
 public:
  explicit Sgd(OptimiserOptions options) : options_(std::move(options)) {}

  std::vector<std::string> moments() const override { return {"sgd.momentum"}; }
  std::size_t numbers() const override { return 2; }
  void ratesOf(double lr, std::int64_t t, bool decays, std::span<double> rates) const override;
  void update(const Stretch& stretch, std::span<const float> rates) const override;
  void update(const Lists& lists, const at::Tensor& rates) const override;

 private:
  OptimiserOptions options_;
};

void Sgd::ratesOf(double lr, std::int64_t, bool decays, std::span<double> rates) const {
  rates[0] = lr;
  rates[1] = decays ? options_.weight_decay : 0;
}

void Sgd::update(const Stretch& stretch, std::span<const float> rates) const {
  const auto momentum = static_cast<float>(options_.momentum);
  const bool nesterov = options_.nesterov;
  sgdStep(stretch.values, stretch.moments[0], stretch.gradients,
          {rates[0], rates[1], momentum, nesterov ? momentum : 1.0F, nesterov ? 1.0F : 0.0F});
}

void Sgd::update(const Lists& lists, const at::Tensor& rates) const {
  const at::Tensor lr = rates.select(0, 0);
  const at::Tensor decay = rates.select(0, 1);
  for (std::size_t i = 0; i < lists.values.size(); ++i) {
    const at::Tensor& value = lists.values[i];
    const at::Tensor& momentum = lists.moments[0][i];
    const at::Tensor d = lists.gradients[i] + value * decay;
    momentum.mul_(options_.momentum).add_(d);
    value.sub_((options_.nesterov ? d + momentum * options_.momentum : momentum) * lr);
  }
}

}  // namespace

std::unique_ptr<UpdateRule> sgdRule(const OptimiserOptions& options) {
  return std::make_unique<Sgd>(options);
}

}  // namespace fer::train
