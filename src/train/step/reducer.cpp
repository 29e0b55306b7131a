#include "train/step/reducer.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>

#include <vector>

namespace fer::train {
namespace {

std::vector<at::Tensor> runningValues(const nn::Network& network) {
  std::vector<at::Tensor> values;
  for (const at::Tensor& buffer : network.buffers())
    if (buffer.is_floating_point()) values.push_back(buffer);
  return values;
}

/// Takes the numbers of `to` out of `from`, and returns what is left.
at::Tensor taken(const at::Tensor& from, const at::Tensor& to) {
  at::Tensor(to).copy_(from.narrow(0, 0, to.numel()).view(to.sizes()));
  return from.narrow(0, to.numel(), from.numel() - to.numel());
}

}  // namespace

Forward Reducer::backward(nn::Network& network, const Optimiser& optimiser, const Forward& mine,
                          const at::Tensor& weight) const {
  // Also where the loss is not finite: batch norms may exchange numbers in between, for which the others wait. Weighted
  // beforehand, since what reaches this process through these is the others' loss.
  (mine.loss * weight).backward();
  const torch::NoGradGuard no_grad;
  std::vector<at::Tensor> parts;
  for (const Optimiser::Slot& slot : optimiser.slots()) {
    at::Tensor& gradient = slot.parameter.tensor.mutable_grad();
    if (!gradient.defined()) gradient = at::zeros_like(slot.parameter.tensor);
    parts.push_back(gradient.reshape({-1}));
  }
  constexpr std::int64_t kCounts = 3;
  const at::Tensor share = weight.to(at::kFloat);
  parts.push_back(at::stack({share, mine.loss.detach() * share, mine.correct.to(at::kFloat)}));
  const std::vector<at::Tensor> running = runningValues(network);
  for (const at::Tensor& value : running) parts.push_back(value.reshape({-1}));

  at::Tensor all = at::cat(parts);
  std::int64_t gradients = 0;
  for (const Optimiser::Slot& slot : optimiser.slots()) gradients += slot.parameter.tensor.numel();
  group_.sum(all);

  const at::Tensor counts = all.narrow(0, gradients, kCounts);
  const at::Tensor total = counts[0];
  all.narrow(0, 0, gradients).div_(total);
  at::Tensor rest = all;
  for (const Optimiser::Slot& slot : optimiser.slots()) rest = taken(rest, slot.parameter.tensor.grad());
  rest = rest.narrow(0, kCounts, rest.numel() - kCounts).div_(group_.size());
  for (const at::Tensor& value : running) rest = taken(rest, value);
  return {counts[1] / total, counts[2].to(at::kLong)};
}

}  // namespace fer::train
