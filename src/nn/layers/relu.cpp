#include "nn/layers/relu.hpp"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>

#include "nn/kernels/relu.hpp"
#include "nn/layers/pixel_passes.hpp"
#include "nn/memory/unshared.hpp"

namespace fer::nn {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// Whether the kernels can take the tensor.
bool hasKernels(const at::Tensor& tensor) {
  return tensor.is_cpu() && (tensor.scalar_type() == at::kFloat || tensor.scalar_type() == at::kBFloat16) &&
         tensor.is_non_overlapping_and_dense();
}

bool laidOutAlike(const at::Tensor& a, const at::Tensor& b) {
  return a.scalar_type() == b.scalar_type() && a.sizes() == b.sizes() && a.strides() == b.strides();
}

/// Calls work(its numbers, first, count) for stretches of a tensor, in parallel.
void forEachStretchOf(const at::Tensor& tensor, const auto& work) {
  constexpr std::int64_t kGrain = 1 << 14;  // numbers worth a thread's while
  withValues(tensor, [&](auto* values) {
    at::parallel_for(0, tensor.numel(), kGrain, [&](std::int64_t begin, std::int64_t end) {
      work(values, begin, static_cast<std::size_t>(end - begin));
    });
  });
}

/// The gradient that a ReLU lets through. It takes the place of the one it is made of where nobody else has that.
at::Tensor throughRelu(const at::Tensor& gradient, const at::Tensor& output) {
  if (!isUnsharedGradient(gradient)) return at::threshold_backward(gradient, output, 0);
  at::Tensor result = gradient;
  if (!hasKernels(gradient) || !laidOutAlike(gradient, output))
    return at::threshold_backward_out(result, gradient, output, 0);
  forEachStretchOf(result, [&]<class T>(T* given, std::int64_t first, std::size_t count) {
    passThroughRelu(given + first, static_cast<const T*>(output.data_ptr()) + first, count);
  });
  return result;
}

class ReluInPlace : public torch::autograd::Function<ReluInPlace> {
 public:
  static at::Tensor forward(AutogradContext* context, at::Tensor input) {
    if (hasKernels(input))
      forEachStretchOf(input, [](auto* values, std::int64_t first, std::size_t count) { relu(values + first, count); });
    else
      at::relu_(input);
    context->mark_dirty({input});
    context->save_for_backward({input});
    return input;
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    return {throughRelu(gradients.front(), context->get_saved_variables().front())};
  }
};

class AddReluInPlace : public torch::autograd::Function<AddReluInPlace> {
 public:
  static at::Tensor forward(AutogradContext* context, at::Tensor input, const at::Tensor& other) {
    if (hasKernels(input) && laidOutAlike(input, other))
      forEachStretchOf(input, [&]<class T>(T* values, std::int64_t first, std::size_t count) {
        addRelu(values + first, static_cast<const T*>(other.data_ptr()) + first, count);
      });
    else
      at::relu_(input.add_(other));
    context->mark_dirty({input});
    context->save_for_backward({input});
    return input;
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const at::Tensor gradient = throughRelu(gradients.front(), context->get_saved_variables().front());
    return {gradient, gradient};
  }
};

}  // namespace

at::Tensor reluInPlace(const at::Tensor& input) {
  return ReluInPlace::apply(input);
}

at::Tensor addReluInPlace(const at::Tensor& input, const at::Tensor& other) {
  return AddReluInPlace::apply(input, other);
}

}  // namespace fer::nn
