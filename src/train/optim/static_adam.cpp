#include "train/optim/static_adam.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>
#include <torch/version.h>

#include <algorithm>

#include "train/optim/adam_step.hpp"

#define FER_FUSED_ADAM (TORCH_VERSION_MAJOR * 100 + TORCH_VERSION_MINOR >= 204)  // on CPU and GPU alike

namespace fer::train {
namespace {

/// The gradient, laid out in memory as its parameter is.
at::Tensor gradientOf(const at::Tensor& parameter) {
  const at::Tensor& gradient = parameter.grad();
  return gradient.strides() == parameter.strides() ? gradient : at::empty_like(parameter).copy_(gradient);
}

}  // namespace

StaticAdam::StaticAdam(const Adam& adam) : adam_(adam) {
  constexpr float kAges = 1e30F;
  for (const Adam::Slot& slot : adam.slots()) {
    const AdamParameter& parameter = slot.parameter;
    auto group = std::find_if(groups_.begin(), groups_.end(), [&](const Group& g) {
      return g.lr_scale == parameter.lr_scale && g.first_step == parameter.first_step;
    });
    if (group == groups_.end())
      group = groups_.insert(groups_.end(), {parameter.lr_scale, parameter.first_step, {}, {}, {}, {}});
    group->parameters.push_back(parameter.tensor);
    group->m.push_back(slot.m);
    group->v.push_back(slot.v);
    group->corrected.push_back(at::full({}, kAges, parameter.tensor.options().requires_grad(false)));
  }
}

at::Tensor StaticAdam::rates(double lr, std::int64_t steps) const {
  at::Tensor table = at::empty({steps, groups()}, at::kFloat);
  auto* rate = table.data_ptr<float>();
  for (std::int64_t step = 1; step <= steps; ++step)
    for (const Group& group : groups_)
      *rate++ = static_cast<float>(
          correctedRate(adam_.options(), lr * group.lr_scale, adam_.steps() + step - group.first_step));
  return table;
}

void StaticAdam::step(const at::Tensor& rates) const {
  const torch::NoGradGuard no_grad;
  const AdamOptions& options = adam_.options();
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    const Group& group = groups_[i];
    const at::Tensor rate = rates.select(0, static_cast<std::int64_t>(i));
    std::vector<at::Tensor> gradients;
    for (const at::Tensor& parameter : group.parameters) gradients.push_back(gradientOf(parameter));
#if FER_FUSED_ADAM
    // LibTorch adds epsilon after its bias correction, Keras before. With no correction left to do they agree, and
    // Keras' is in the rate.
    at::_fused_adam_(group.parameters, gradients, group.m, group.v, {}, group.corrected, rate, options.beta1,
                     options.beta2, /*weight_decay=*/0, options.epsilon, /*amsgrad=*/false, /*maximize=*/false);
#else
    for (std::size_t p = 0; p < gradients.size(); ++p) {
      const at::Tensor& m = group.m[p];
      const at::Tensor& v = group.v[p];
      m.mul_(options.beta1).add_(gradients[p], 1 - options.beta1);
      v.mul_(options.beta2).addcmul_(gradients[p], gradients[p], 1 - options.beta2);
      at::Tensor(group.parameters[p]).sub_(v.sqrt().add_(options.epsilon).reciprocal_().mul_(m).mul_(rate));
    }
#endif
  }
}

}  // namespace fer::train
