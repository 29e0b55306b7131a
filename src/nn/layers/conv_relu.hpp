#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace fer::nn {

/// Whether convRelu() has something to win: channels-last images on an NVIDIA GPU.
bool fusesConvRelu(const at::Tensor& images);

/// relu(convolution + bias), padded by half the kernel, for images of which fusesConvRelu() is true. cuDNN adds the
/// bias and rectifies while it still has the numbers at hand, where the channels are multiples of 8, as its kernels
/// want them; the gradient of the bias is summed by the kernel of a batch norm, which reads channels-last maps faster
/// than a sum does.
at::Tensor convRelu(const at::Tensor& images, const at::Tensor& weight, const at::Tensor& bias, std::int64_t stride);

}  // namespace fer::nn
