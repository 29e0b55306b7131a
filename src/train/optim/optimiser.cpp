#include "train/optim/optimiser.hpp"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/utils.h>

#include <algorithm>

#include "fer/core/error.hpp"

namespace fer::train {
namespace {

void copyMoment(const nn::TensorFile& file, const std::string& name, const at::Tensor& to, const std::string& origin) {
  const auto found = file.tensors.find(name);
  if (found == file.tensors.end() || found->second.sizes() != to.sizes())
    throw dataError(origin + ": " + name + " is missing or misshaped: the training cannot go on from this file");
  to.copy_(found->second);
}

/// The gradient, laid out in memory as its parameter is; undefined where there is none.
at::Tensor gradientOf(const at::Tensor& parameter) {
  const at::Tensor& gradient = parameter.grad();
  if (!gradient.defined() || gradient.strides() == parameter.strides()) return gradient;
  return at::empty_like(parameter).copy_(gradient);
}

std::unique_ptr<UpdateRule> makeUpdateRule(const OptimiserOptions& options) {
  if (options.name == "sgd") return sgdRule(options);
  if (options.name == "adam" || options.name == "adamw" || options.name == "muon") return adamRule(options);
  throw usageError("train.optimiser.name: expected adam, adamw, muon or sgd, found \"" + options.name + "\"");
}

}  // namespace

Optimiser::Optimiser(const std::vector<TrainedParameter>& parameters, const OptimiserOptions& options,
                     nn::Precision precision)
    : options_(options),
      rule_(makeUpdateRule(options)),
      kernels_(options.name == "muon" ? muonRule(options, precision) : nullptr) {
  add(parameters);
}

void Optimiser::add(const std::vector<TrainedParameter>& parameters) {
  for (const TrainedParameter& parameter : parameters) {
    const bool known = std::any_of(slots_.begin(), slots_.end(),
                                   [&](const Slot& slot) { return slot.parameter.name == parameter.name; });
    if (known) continue;
    Slot& slot = slots_.emplace_back(Slot{parameter, &ruleFor(parameter.tensor), {}});
    for (std::size_t i = 0; i < slot.rule->moments().size(); ++i)
      slot.moments.push_back(at::zeros_like(parameter.tensor.detach()));
    addToGroup(slots_.size() - 1);
  }
}

const UpdateRule& Optimiser::ruleFor(const at::Tensor& parameter) const {
  return kernels_ != nullptr && isForMuon(parameter) ? *kernels_ : *rule_;
}

void Optimiser::addToGroup(std::size_t slot) {
  const TrainedParameter& parameter = slots_[slot].parameter;
  const UpdateRule* const rule = slots_[slot].rule;
  const bool decays = parameter.tensor.dim() > 1;
  auto group = std::find_if(groups_.begin(), groups_.end(), [&](const Group& g) {
    return g.rule == rule && g.lr_scale == parameter.lr_scale && g.first_step == parameter.first_step &&
           g.decays == decays;
  });
  if (group == groups_.end())
    group = groups_.insert(groups_.end(), Group{rule, parameter.lr_scale, parameter.first_step, decays, {}});
  group->slots.push_back(slot);
}

void Optimiser::zeroGradients() {
  for (Slot& slot : slots_) slot.parameter.tensor.mutable_grad() = at::Tensor();
}

at::Tensor Optimiser::rates(std::span<const double> lrs) const {
  std::size_t columns = 0;
  for (const Group& group : groups_) columns += group.rule->numbers();
  at::Tensor table =
      at::empty({static_cast<std::int64_t>(lrs.size()), static_cast<std::int64_t>(columns)}, at::kDouble);
  auto* row = table.data_ptr<double>();
  std::int64_t step = steps_;
  for (const double lr : lrs) {
    ++step;
    for (const Group& group : groups_) {
      const std::size_t width = group.rule->numbers();
      group.rule->ratesOf(lr * group.lr_scale, step - group.first_step, group.decays, {row, width});
      row += width;
    }
  }
  const bool wide = !slots_.empty() && slots_.front().parameter.tensor.scalar_type() == at::kDouble;
  return wide ? table : table.to(at::kFloat);
}

void Optimiser::step(const at::Tensor& rates) {
  const torch::NoGradGuard no_grad;
  if (options_.clip_norm > 0) clipGradients();
  std::size_t column = 0;
  for (const Group& group : groups_) {
    const std::size_t width = group.rule->numbers();
    const at::Tensor& first = slots_[group.slots.front()].parameter.tensor;
    if (first.is_cpu() && first.scalar_type() == at::kFloat && !group.rule->wantsWholeTensors())
      stepFused(group, {rates.data_ptr<float>() + column, width});
    else
      stepByLists(group, rates.narrow(0, static_cast<std::int64_t>(column), static_cast<std::int64_t>(width)));
    column += width;
  }
}

void Optimiser::step(double lr) {
  const at::Tensor row = rates({&lr, 1}).select(0, 0);
  step(slots_.empty() ? row : row.to(slots_.front().parameter.tensor.device()));
  countSteps(1);
}

/// All gradients together get no longer than clip_norm. Source: torch.nn.utils.clip_grad_norm_.
void Optimiser::clipGradients() {
  constexpr double kSmallest = 1e-6;
  std::vector<at::Tensor> norms;
  for (const Slot& slot : slots_)
    if (const at::Tensor& gradient = slot.parameter.tensor.grad(); gradient.defined()) norms.push_back(gradient.norm());
  if (norms.empty()) return;
  const at::Tensor scale = at::stack(norms).norm().add_(kSmallest).reciprocal_().mul_(options_.clip_norm).clamp_max_(1);
  for (const Slot& slot : slots_)
    if (const at::Tensor& gradient = slot.parameter.tensor.grad(); gradient.defined()) gradient.mul_(scale);
}

void Optimiser::stepFused(const Group& group, std::span<const float> rates) {
  for (const std::size_t index : group.slots) {
    const Slot& slot = slots_[index];
    const at::Tensor& parameter = slot.parameter.tensor;
    // Parameter and moments lie alike in memory; a gradient may come out in another layout.
    const at::Tensor gradient = gradientOf(parameter);
    if (!gradient.defined()) continue;
    constexpr std::int64_t kGrain = 1 << 15;
    at::parallel_for(0, parameter.numel(), kGrain, [&](std::int64_t begin, std::int64_t end) {
      const auto count = static_cast<std::size_t>(end - begin);
      UpdateRule::Stretch stretch{
          {parameter.data_ptr<float>() + begin, count}, {}, {gradient.data_ptr<float>() + begin, count}};
      stretch.moments.reserve(slot.moments.size());
      for (const at::Tensor& moment : slot.moments)
        stretch.moments.emplace_back(moment.data_ptr<float>() + begin, count);
      group.rule->update(stretch, rates);
    });
  }
}

void Optimiser::stepByLists(const Group& group, const at::Tensor& rates) {
  UpdateRule::Lists lists;
  lists.moments.resize(slots_[group.slots.front()].moments.size());
  for (const std::size_t index : group.slots) {
    const Slot& slot = slots_[index];
    const at::Tensor gradient = gradientOf(slot.parameter.tensor);
    if (!gradient.defined()) continue;
    lists.values.push_back(slot.parameter.tensor);
    lists.gradients.push_back(gradient);
    for (std::size_t i = 0; i < slot.moments.size(); ++i) lists.moments[i].push_back(slot.moments[i]);
  }
  if (!lists.values.empty()) group.rule->update(lists, rates);
}

void Optimiser::save(nn::TensorFile& file) const {
  for (const Slot& slot : slots_) {
    const std::vector<std::string> names = slot.rule->moments();
    for (std::size_t i = 0; i < names.size(); ++i) file.tensors[names[i] + "/" + slot.parameter.name] = slot.moments[i];
  }
}

void Optimiser::restore(const nn::TensorFile& file, std::int64_t steps, const std::string& origin) {
  for (Slot& slot : slots_) {
    const std::vector<std::string> names = slot.rule->moments();
    const auto keyOf = [&](std::size_t i) { return names[i] + "/" + slot.parameter.name; };
    bool stored = false;
    for (std::size_t i = 0; i < names.size(); ++i) stored = stored || file.tensors.contains(keyOf(i));
    // Let go since the file was written: what it has not done a step with begins with moments of zero, as ever.
    if (slot.parameter.first_step >= steps && !stored) continue;
    for (std::size_t i = 0; i < names.size(); ++i) copyMoment(file, keyOf(i), slot.moments[i], origin);
  }
  steps_ = steps;
}

}  // namespace fer::train
