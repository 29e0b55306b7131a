#pragma once

#include "train/optim/update_rule.hpp"

namespace fer::train {

/// Stochastic gradient descent with momentum, as PyTorch computes it:
///   d = g + weight_decay p;  b = momentum b + d;  p -= lr (d + momentum b) with Nesterov's, else p -= lr b
/// Sources: torch.optim.SGD; Sutskever et al. 2013.
class Sgd : public UpdateRule {
 public:
  explicit Sgd(const OptimiserOptions& options) : options_(options) {}

  std::vector<std::string> moments() const override { return {"sgd.momentum"}; }
  std::size_t numbers() const override { return 2; }
  void ratesOf(double lr, std::int64_t t, bool decays, std::span<double> rates) const override;
  void update(const Stretch& stretch, std::span<const float> rates) const override;
  void update(const Lists& lists, const at::Tensor& rates) const override;

 private:
  OptimiserOptions options_;
};

}  // namespace fer::train
