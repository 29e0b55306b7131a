#include "train/optim/adam.hpp"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/utils.h>

#include <algorithm>
#include <utility>

#include "fer/core/error.hpp"
#include "train/optim/adam_step.hpp"

namespace fer::train {
namespace {

constexpr const char* kFirst = "adam.m/";
constexpr const char* kSecond = "adam.v/";

void copyMoment(const nn::TensorFile& file, const std::string& name, const at::Tensor& to, const std::string& origin) {
  const auto found = file.tensors.find(name);
  if (found == file.tensors.end() || found->second.sizes() != to.sizes())
    throw dataError(origin + ": " + name + " is missing or misshaped: the training cannot go on from this file");
  to.copy_(found->second);
}

}  // namespace

Adam::Adam(const std::vector<AdamParameter>& parameters, AdamOptions options) : options_(std::move(options)) {
  add(parameters);
}

void Adam::add(const std::vector<AdamParameter>& parameters) {
  for (const AdamParameter& parameter : parameters) {
    const bool known = std::any_of(slots_.begin(), slots_.end(),
                                   [&](const Slot& slot) { return slot.parameter.name == parameter.name; });
    const at::Tensor values = parameter.tensor.detach();
    if (!known) slots_.push_back({parameter, at::zeros_like(values), at::zeros_like(values)});
  }
}

void Adam::zeroGradients() {
  for (Slot& slot : slots_) slot.parameter.tensor.mutable_grad() = at::Tensor();
}

void Adam::step(double lr) {
  const torch::NoGradGuard no_grad;
  ++steps_;
  const at::Tensor& first = slots_.front().parameter.tensor;
  if (first.is_cpu() && first.scalar_type() == at::kFloat)
    stepFused(lr);
  else
    stepByLists(lr);
}

double Adam::rateOf(const Slot& slot, double lr) const {
  return correctedRate(options_, lr * slot.parameter.lr_scale, steps_ - slot.parameter.first_step);
}

void Adam::stepFused(double lr) {
  for (Slot& slot : slots_) {
    const at::Tensor& parameter = slot.parameter.tensor;
    at::Tensor gradient = parameter.grad();
    if (!gradient.defined()) continue;
    // Parameter and moments lie alike in memory; a gradient may come out in another layout.
    if (gradient.strides() != parameter.strides()) gradient = at::empty_like(parameter).copy_(gradient);
    const double rate = rateOf(slot, lr);
    auto* const p = parameter.data_ptr<float>();
    auto* const m = slot.m.data_ptr<float>();
    auto* const v = slot.v.data_ptr<float>();
    const auto* const g = gradient.data_ptr<float>();
    constexpr std::int64_t kGrain = 1 << 15;
    at::parallel_for(0, parameter.numel(), kGrain, [&](std::int64_t begin, std::int64_t end) {
      const auto count = static_cast<std::size_t>(end - begin);
      adamStep({p + begin, count}, {m + begin, count}, {v + begin, count}, {g + begin, count}, options_, rate);
    });
  }
}

void Adam::stepByLists(double lr) {
  std::vector<at::Tensor> p;
  std::vector<at::Tensor> m;
  std::vector<at::Tensor> v;
  std::vector<at::Tensor> g;
  std::vector<at::Scalar> rates;
  for (const Slot& slot : slots_) {
    const at::Tensor& gradient = slot.parameter.tensor.grad();
    if (!gradient.defined()) continue;
    p.push_back(slot.parameter.tensor);
    m.push_back(slot.m);
    v.push_back(slot.v);
    g.push_back(gradient);
    rates.emplace_back(-rateOf(slot, lr));
  }
  at::_foreach_mul_(m, options_.beta1);
  at::_foreach_add_(m, g, 1.0 - options_.beta1);
  at::_foreach_mul_(v, options_.beta2);
  at::_foreach_addcmul_(v, g, g, 1.0 - options_.beta2);
  std::vector<at::Tensor> root = at::_foreach_sqrt(v);
  at::_foreach_add_(root, options_.epsilon);
  at::_foreach_addcdiv_(p, m, root, rates);
}

void Adam::save(nn::TensorFile& file) const {
  for (const Slot& slot : slots_) {
    file.tensors[kFirst + slot.parameter.name] = slot.m;
    file.tensors[kSecond + slot.parameter.name] = slot.v;
  }
}

void Adam::restore(const nn::TensorFile& file, std::int64_t steps, const std::string& origin) {
  for (Slot& slot : slots_) {
    const std::string first = kFirst + slot.parameter.name;
    const std::string second = kSecond + slot.parameter.name;
    // Let go since the file was written: what it has not done a step with begins with moments of zero, as ever.
    const bool fresh =
        slot.parameter.first_step >= steps && !file.tensors.contains(first) && !file.tensors.contains(second);
    if (fresh) continue;
    copyMoment(file, first, slot.m, origin);
    copyMoment(file, second, slot.v, origin);
  }
  steps_ = steps;
}

}  // namespace fer::train
