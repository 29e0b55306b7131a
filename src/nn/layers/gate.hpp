#pragma once

#include <ATen/core/Tensor.h>

#include <functional>

namespace fer::nn {

/// Means of maps, N x C, and what they make of these, N x C.
using GateOfMeans = std::function<at::Tensor(const at::Tensor& means)>;

/// By LibTorch's operations: the mean of each map, and each map times its factor.
at::Tensor meansOfMaps(const at::Tensor& images);
at::Tensor scaledMaps(const at::Tensor& images, const at::Tensor& factors);

/// Squeeze-and-excite (Hu et al. 2018): each map, N x C x H x W, times a number that follows from the means of all.
/// For channels-last images of float32 or bfloat16 on the CPU in one pass over the images for the means and one for the
/// products, and two in the backward pass, where LibTorch's operations take five; others take LibTorch's.
at::Tensor gated(const at::Tensor& images, const GateOfMeans& gate);

}  // namespace fer::nn
