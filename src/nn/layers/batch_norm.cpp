#include "nn/layers/batch_norm.hpp"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include "nn/kernels/pooling_windows.hpp"
#include "nn/layers/norm_passes.hpp"
#include "nn/memory/unshared.hpp"

namespace fer::nn {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

std::int64_t pixelsOf(const at::Tensor& images) {
  return images.numel() / images.size(1);
}

/// Calls work(first number, steps, numbers a step) for stretches of pixels, in parallel.
void forEachStretch(const at::Tensor& images, const auto& work) {
  constexpr std::int64_t kGrain = 1 << 14;  // numbers worth a thread's while
  const std::int64_t channels = images.size(1);
  at::parallel_for(
      0, pixelsOf(images), std::max<std::int64_t>(1, kGrain / channels), [&](std::int64_t begin, std::int64_t end) {
        inWholeVectors(begin, end, channels, [&](std::int64_t pixel, std::size_t steps, std::size_t count) {
          work(pixel * channels, steps, count);
        });
      });
}

at::Tensor normalised(const at::Tensor& images, const Affine& norm, After after) {
  const at::Tensor out = at::empty(images.sizes(), images.options(), at::MemoryFormat::ChannelsLast);
  withValues(images, [&]<class T>(const T* from) {
    auto* const to = static_cast<T*>(out.data_ptr());
    forEachStretch(images, [&](std::int64_t first, std::size_t steps, std::size_t count) {
      normalise(from + first, steps, count, norm.pointers(), after, to + first);
    });
  });
  return out;
}

ChannelSums gradientSums(const at::Tensor& gradient, const at::Tensor& images, const Affine& norm, After after) {
  return withValues(images, [&]<class T>(const T* values) {
    const auto* const given = static_cast<const T*>(gradient.data_ptr());
    return sumOverPixels(
        images, [&](std::int64_t pixel, std::size_t steps, std::size_t count, double* sum, double* product) {
          const std::int64_t first = pixel * images.size(1);
          addNormGradients(given + first, values + first, steps, count, norm.pointers(), after, sum, product);
        });
  });
}

class TwoPassBatchNorm : public torch::autograd::Function<TwoPassBatchNorm> {
 public:
  static at::Tensor forward(AutogradContext* context, const at::Tensor& images, const at::Tensor& weight,
                            const at::Tensor& bias, const at::Tensor& mean, const at::Tensor& inverse_deviation,
                            bool relu) {
    const Affine norm = repeated(affineOf(weight, bias, {mean, inverse_deviation}));
    context->save_for_backward({images, weight, mean, inverse_deviation, norm.scale, norm.shift});
    context->saved_data["relu"] = relu;
    return normalised(images, norm, relu ? After::kRelu : After::kNothing);
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const variable_list saved = context->get_saved_variables();
    const at::Tensor& images = saved[0];
    const Statistics statistics{saved[2], saved[3]};
    const Affine norm{saved[4], saved[5]};
    const After after = context->saved_data.at("relu").toBool() ? After::kRelu : After::kNothing;
    const at::Tensor result = toWriteOver(gradients.front());
    const NormGradients found =
        gradientsOf(gradientSums(result, images, norm, after), saved[1], statistics, pixelsOf(images));
    const NormGradients by = repeated(found);
    pass(result, images, norm, after, by.pointers());
    return {result, found.of_weight, found.of_bias, at::Tensor(), at::Tensor(), at::Tensor()};
  }

 private:
  static at::Tensor toWriteOver(const at::Tensor& gradient) {
    if (!gradient.is_contiguous(at::MemoryFormat::ChannelsLast))
      return gradient.contiguous(at::MemoryFormat::ChannelsLast);
    return isUnsharedGradient(gradient) ? gradient : gradient.clone();
  }

  static void pass(const at::Tensor& gradient, const at::Tensor& images, const Affine& norm, After after,
                   NormGradient by) {
    withValues(gradient, [&]<class T>(T* given) {
      const auto* const values = static_cast<const T*>(images.data_ptr());
      forEachStretch(images, [&](std::int64_t first, std::size_t steps, std::size_t count) {
        passThroughNorm(given + first, values + first, steps, count, norm.pointers(), after, by);
      });
    });
  }
};

}  // namespace

bool takesTwoPasses(const at::Tensor& images, const NormState& state, bool training) {
  const bool for_gradients = at::GradMode::is_enabled() && (images.requires_grad() || state.weight.requires_grad());
  return isChannelsLastOnCpu(images) && pixelsOf(images) > 1 && (training || !for_gradients);
}

at::Tensor twoPassBatchNorm(const at::Tensor& images, const NormState& state, bool training, bool relu) {
  if (!training)
    return normalised(images, repeated(affineOf(state.weight, state.bias, runningStatistics(state))),
                      relu ? After::kRelu : After::kNothing);
  const Statistics batch = statisticsOfBatch(images, state);
  return TwoPassBatchNorm::apply(images, state.weight, state.bias, batch.mean, batch.inverse_deviation, relu);
}

}  // namespace fer::nn
