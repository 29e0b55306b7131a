#include "train/optim/update_rule.hpp"

#include <ATen/ATen.h>
#include <torch/version.h>

#include <utility>

#include "train/optim/adam_step.hpp"

#define FER_FUSED_ADAM (TORCH_VERSION_MAJOR * 100 + TORCH_VERSION_MINOR >= 204)  // on CPU and GPU alike

namespace fer::train {
namespace {

/// Adam as Keras computes it, with the weight decay of AdamW where there is one: values are multiplied by
/// 1 - lr weight_decay before. Sources: adam_step.hpp; Loshchilov and Hutter 2019, algorithm 2.
class Adam : public UpdateRule {
 public:
  explicit Adam(OptimiserOptions options) : options_(std::move(options)) {}

  std::vector<std::string> moments() const override { return {"adam.m", "adam.v"}; }
  std::size_t numbers() const override { return 2; }
  void ratesOf(double lr, std::int64_t t, bool decays, std::span<double> rates) const override;
  void update(const Stretch& stretch, std::span<const float> rates) const override;
  void update(const Lists& lists, const at::Tensor& rates) const override;

 private:
  OptimiserOptions options_;
};

void Adam::ratesOf(double lr, std::int64_t t, bool decays, std::span<double> rates) const {
  rates[0] = correctedRate(options_, lr, t);
  rates[1] = decays ? 1 - lr * options_.weight_decay : 1;
}

void Adam::update(const Stretch& stretch, std::span<const float> rates) const {
  if (rates[1] != 1)
    for (float& value : stretch.values) value *= rates[1];
  adamStep(stretch.values, stretch.moments[0], stretch.moments[1], stretch.gradients, options_, rates[0]);
}

void Adam::update(const Lists& lists, const at::Tensor& rates) const {
  const at::Tensor rate = rates.select(0, 0);
  if (options_.weight_decay > 0)
    for (const at::Tensor& value : lists.values) value.mul_(rates.select(0, 1));
#if FER_FUSED_ADAM
  // LibTorch adds epsilon after its bias correction, Keras before. With no correction left to do, as after so many
  // steps, they agree, and Keras' is in the rate.
  constexpr float kAges = 1e30F;
  const std::vector<at::Tensor> corrected(lists.values.size(),
                                          at::full({}, kAges, lists.values.front().options().dtype(at::kFloat)));
  at::_fused_adam_(lists.values, lists.gradients, lists.moments[0], lists.moments[1], {}, corrected, rate,
                   options_.beta1, options_.beta2, /*weight_decay=*/0, options_.epsilon, /*amsgrad=*/false,
                   /*maximize=*/false);
#else
  for (std::size_t i = 0; i < lists.values.size(); ++i) {
    const at::Tensor& m = lists.moments[0][i];
    const at::Tensor& v = lists.moments[1][i];
    const at::Tensor& gradient = lists.gradients[i];
    m.mul_(options_.beta1).add_(gradient, 1 - options_.beta1);
    v.mul_(options_.beta2).addcmul_(gradient, gradient, 1 - options_.beta2);
    lists.values[i].sub_(v.sqrt().add_(options_.epsilon).reciprocal_().mul_(m).mul_(rate));
  }
#endif
}

}  // namespace

std::unique_ptr<UpdateRule> adamRule(const OptimiserOptions& options) {
  return std::make_unique<Adam>(options);
}

}  // namespace fer::train
