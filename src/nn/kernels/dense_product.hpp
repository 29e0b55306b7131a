#pragma once

#include <ATen/core/Tensor.h>

namespace fer::nn {

/// at::linear(input, weight, bias) for float32 and float64 on the CPU, whose products LibTorch leaves to a BLAS. A BLAS
/// may have threads of its own, and they and LibTorch's OpenMP threads, which wait spinning, take the processors from
/// each other (Debian's OpenBLAS: 20 ms a step of generic where 5 are needed). Here LibTorch's threads share the
/// product, each calling the BLAS for its part; see setComputeThreads().
at::Tensor denseProduct(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias);

bool sharesProducts(const at::Tensor& input);  ///< whether denseProduct() can take it

}  // namespace fer::nn
