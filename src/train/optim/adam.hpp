#pragma once

#include "train/optim/update_rule.hpp"

namespace fer::train {

/// Adam as Keras computes it, with the weight decay of AdamW where there is one: values are multiplied by
/// 1 - lr weight_decay before. Sources: adam_step.hpp; Loshchilov and Hutter 2019, algorithm 2.
class Adam : public UpdateRule {
 public:
  explicit Adam(const OptimiserOptions& options) : options_(options) {}

  std::vector<std::string> moments() const override { return {"adam.m", "adam.v"}; }
  std::size_t numbers() const override { return 2; }
  void ratesOf(double lr, std::int64_t t, bool decays, std::span<double> rates) const override;
  void update(const Stretch& stretch, std::span<const float> rates) const override;
  void update(const Lists& lists, const at::Tensor& rates) const override;

 private:
  OptimiserOptions options_;
};

}  // namespace fer::train
