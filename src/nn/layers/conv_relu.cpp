#include "nn/layers/conv_relu.hpp"

#include <ATen/ATen.h>
#include <ATen/Context.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <torch/csrc/autograd/custom_function.h>

#include <array>
#include <vector>

namespace fer::nn {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// Both sides of a square, or both axes.
std::array<std::int64_t, 2> both(std::int64_t value) {
  return {value, value};
}

std::int64_t paddingOf(const at::Tensor& weight) {
  return weight.size(2) / 2;
}

at::Tensor rectified(const at::Tensor& images, const at::Tensor& weight, const at::Tensor& bias, std::int64_t stride) {
  constexpr std::int64_t kWholeVector = 8;
  const bool aligned = weight.size(0) % kWholeVector == 0 && weight.size(1) % kWholeVector == 0;
  if (aligned)
    return at::cudnn_convolution_relu(images, weight, bias, both(stride), both(paddingOf(weight)), both(1), 1);
  at::Tensor maps = at::conv2d(images, weight, bias, both(stride), both(paddingOf(weight)));
  return at::relu_(maps);
}

/// Of N x C x H x W, a number a channel in float32.
at::Tensor channelSums(const at::Tensor& maps) {
  const std::int64_t values = maps.numel() / maps.size(1);
  return std::get<0>(at::batch_norm_stats(maps, /*eps=*/0)).mul_(static_cast<double>(values));
}

class ConvRelu : public torch::autograd::Function<ConvRelu> {
 public:
  static at::Tensor forward(AutogradContext* context, const at::Tensor& images, const at::Tensor& weight,
                            const at::Tensor& bias, std::int64_t stride) {
    const at::Tensor output = rectified(images, weight, bias, stride);
    context->save_for_backward({images, weight, output});
    context->saved_data["stride"] = stride;
    context->saved_data["images"] = images.requires_grad();
    context->saved_data["weight"] = weight.requires_grad();
    context->saved_data["bias"] = bias.requires_grad();
    return output;
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const variable_list saved = context->get_saved_variables();
    const at::Tensor& images = saved[0];
    const at::Tensor& weight = saved[1];
    const at::Tensor gradient =
        at::threshold_backward(gradients.front(), saved[2], 0).contiguous(at::MemoryFormat::ChannelsLast);
    const auto wanted = [&](const char* input) { return context->saved_data[input].toBool(); };
    const auto [of_images, of_weight, unused] = at::convolution_backward(
        gradient, images, weight, at::OptionalIntArrayRef(), both(context->saved_data["stride"].toInt()),
        both(paddingOf(weight)), both(1), /*transposed=*/false, both(0), /*groups=*/1,
        {wanted("images"), wanted("weight"), false});
    return {of_images, of_weight, wanted("bias") ? channelSums(gradient) : at::Tensor(), {}};
  }
};

}  // namespace

bool fusesConvRelu(const at::Tensor& images) {
  return images.is_cuda() && at::globalContext().userEnabledCuDNN() && at::detail::getCUDAHooks().compiledWithCuDNN() &&
         images.is_contiguous(at::MemoryFormat::ChannelsLast);
}

at::Tensor convRelu(const at::Tensor& images, const at::Tensor& weight, const at::Tensor& bias, std::int64_t stride) {
  return ConvRelu::apply(images, weight, bias, stride);
}

}  // namespace fer::nn
