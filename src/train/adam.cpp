#include "fer/train/adam.hpp"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/utils.h>

#include "fer/core/error.hpp"
#include "fer/train/adam_step.hpp"

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

Adam::Adam(std::vector<std::pair<std::string, at::Tensor>> parameters, const AdamOptions& options) : options_(options) {
  for (auto& [name, tensor] : parameters)
    if (tensor.requires_grad())
      slots_.push_back({name, tensor, at::zeros_like(tensor.detach()), at::zeros_like(tensor.detach())});
}

void Adam::zeroGradients() {
  for (Slot& slot : slots_) slot.parameter.mutable_grad() = at::Tensor();
}

void Adam::step(double lr) {
  const torch::NoGradGuard no_grad;
  const double rate = correctedRate(options_, lr, ++steps_);
  if (slots_.front().parameter.is_cpu())
    stepOnCpu(rate);
  else
    stepOnDevice(rate);
}

void Adam::stepOnCpu(double corrected_rate) {
  for (Slot& slot : slots_) {
    at::Tensor gradient = slot.parameter.grad();
    if (!gradient.defined()) continue;
    // Parameter and moments lie alike in memory; a gradient may come out in another layout.
    if (gradient.strides() != slot.parameter.strides()) gradient = at::empty_like(slot.parameter).copy_(gradient);
    float* const p = slot.parameter.data_ptr<float>();
    float* const m = slot.m.data_ptr<float>();
    float* const v = slot.v.data_ptr<float>();
    const float* const g = gradient.data_ptr<float>();
    constexpr std::int64_t kGrain = 1 << 15;
    at::parallel_for(0, slot.parameter.numel(), kGrain, [&](std::int64_t begin, std::int64_t end) {
      const auto count = static_cast<std::size_t>(end - begin);
      adamStep({p + begin, count}, {m + begin, count}, {v + begin, count}, {g + begin, count}, options_,
               corrected_rate);
    });
  }
}

void Adam::stepOnDevice(double corrected_rate) {
  std::vector<at::Tensor> p;
  std::vector<at::Tensor> m;
  std::vector<at::Tensor> v;
  std::vector<at::Tensor> g;
  for (const Slot& slot : slots_) {
    if (!slot.parameter.grad().defined()) continue;
    p.push_back(slot.parameter);
    m.push_back(slot.m);
    v.push_back(slot.v);
    g.push_back(slot.parameter.grad());
  }
  at::_foreach_mul_(m, options_.beta1);
  at::_foreach_add_(m, g, 1.0 - options_.beta1);
  at::_foreach_mul_(v, options_.beta2);
  at::_foreach_addcmul_(v, g, g, 1.0 - options_.beta2);
  std::vector<at::Tensor> root = at::_foreach_sqrt(v);
  at::_foreach_add_(root, options_.epsilon);
  at::_foreach_addcdiv_(p, m, root, -corrected_rate);
}

void Adam::save(nn::TensorFile& file) const {
  for (const Slot& slot : slots_) {
    file.tensors[kFirst + slot.name] = slot.m;
    file.tensors[kSecond + slot.name] = slot.v;
  }
}

void Adam::restore(const nn::TensorFile& file, std::int64_t steps, const std::string& origin) {
  for (Slot& slot : slots_) {
    copyMoment(file, kFirst + slot.name, slot.m, origin);
    copyMoment(file, kSecond + slot.name, slot.v, origin);
  }
  steps_ = steps;
}

}  // namespace fer::train
