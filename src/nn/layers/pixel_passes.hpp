#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <cstdint>
#include <numeric>

#include "nn/kernels/bf16.hpp"

namespace fer::nn {

/// Passes over the numbers of images whose channels lie side by side.

/// Calls work with the images' numbers as LibTorch's type has them, float or Bf16.
auto withValues(const at::Tensor& tensor, const auto& work) {
  return tensor.scalar_type() == at::kBFloat16 ? work(static_cast<Bf16*>(tensor.data_ptr()))
                                               : work(static_cast<float*>(tensor.data_ptr()));
}

/// How many pixels are taken at once so that their channels fill whole vectors of 16 numbers: of 24 channels a loop
/// would do a third one by one.
inline std::int64_t pixelsTogether(std::int64_t channels) {
  constexpr std::int64_t kVector = 16;
  return kVector / std::gcd(kVector, channels);
}

/// Calls work(first pixel, steps, numbers a step) for the pixels [begin, end): many at once, then what is left.
void inWholeVectors(std::int64_t begin, std::int64_t end, std::int64_t channels, const auto& work) {
  const std::int64_t together = pixelsTogether(channels);
  const std::int64_t steps = (end - begin) / together;
  const std::int64_t left = begin + steps * together;
  work(begin, static_cast<std::size_t>(steps), static_cast<std::size_t>(together * channels));
  work(left, static_cast<std::size_t>(end - left), static_cast<std::size_t>(channels));
}

}  // namespace fer::nn
