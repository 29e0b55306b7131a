#include "nn/layers/shared_norm.hpp"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/custom_class.h>
#include <torch/utils.h>

#include <utility>
#include <vector>

namespace fer::nn {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// What an autograd context can hold.
struct HeldStatistics : torch::CustomClassHolder {
  explicit HeldStatistics(std::shared_ptr<const BatchStatistics> held) : statistics(std::move(held)) {}
  std::shared_ptr<const BatchStatistics> statistics;
};

at::Tensor sumOfAll(const at::Tensor& numbers, const BatchStatistics& statistics) {
  at::Tensor total = numbers.detach().contiguous().clone();
  statistics.sum(total);
  return total;
}

/// Sums over the processes. What changes one's number changes every process' sum: so its gradient is the sum of theirs.
class SumOfProcesses : public torch::autograd::Function<SumOfProcesses> {
 public:
  static at::Tensor forward(AutogradContext* context, const at::Tensor& numbers,
                            const std::shared_ptr<const BatchStatistics>& statistics) {
    context->saved_data["statistics"] = c10::IValue::make_capsule(c10::make_intrusive<HeldStatistics>(statistics));
    return sumOfAll(numbers, *statistics);
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const auto held = c10::static_intrusive_pointer_cast<HeldStatistics>(context->saved_data["statistics"].toCapsule());
    return {sumOfAll(gradients.front(), *held->statistics), at::Tensor()};
  }
};

}  // namespace

at::Tensor sharedBatchNorm(const at::Tensor& input, const NormState& state,
                           const std::shared_ptr<const BatchStatistics>& statistics) {
  const at::Tensor values = input.to(at::kFloat);
  std::vector<std::int64_t> others{0};
  std::vector<std::int64_t> shape{1, values.size(1)};
  others.reserve(static_cast<std::size_t>(values.dim()));
  shape.reserve(static_cast<std::size_t>(values.dim()));
  for (std::int64_t axis = 2; axis < values.dim(); ++axis) {
    others.push_back(axis);
    shape.push_back(1);
  }
  const std::int64_t channels = values.size(1);
  const std::int64_t places = values.numel() / channels;
  const at::Tensor count = at::full({1}, static_cast<double>(places), values.options());
  const at::Tensor sums =
      SumOfProcesses::apply(at::cat({values.sum(others), (values * values).sum(others), count}), statistics);
  const at::Tensor n = sums.narrow(0, 2 * channels, 1).detach();
  const at::Tensor mean = sums.narrow(0, 0, channels) / n;
  const at::Tensor variance = (sums.narrow(0, channels, channels) / n - mean * mean).clamp_min(0);
  {
    const torch::NoGradGuard no_grad;
    const at::Tensor fed = state.biased ? variance : variance * n / (n - 1).clamp_min(1);
    at::Tensor(state.running_mean).lerp_(mean, state.momentum);
    at::Tensor(state.running_var).lerp_(fed, state.momentum);
  }
  const at::Tensor factor = state.weight * (variance + state.epsilon).rsqrt();
  const at::Tensor shift = state.bias - mean * factor;
  return (values * factor.view(shape) + shift.view(shape)).to(input.scalar_type());
}

}  // namespace fer::nn
