#pragma once

#include <ATen/core/Tensor.h>

namespace fer::nn {

/// The input itself is changed and returned; a gradient that nobody else has is changed likewise. By kernels of our own
/// for dense float32 and bfloat16 on the CPU, else by LibTorch.
at::Tensor reluInPlace(const at::Tensor& input);
/// relu(input + other), likewise; by our kernels where both are laid out alike.
at::Tensor addReluInPlace(const at::Tensor& input, const at::Tensor& other);

}  // namespace fer::nn
