#pragma once

#include <cstddef>
#include <type_traits>

#include "nn/kernels/bf16.hpp"

namespace fer::nn {

/// A group of so many of an image's pixels, known when it is compiled.
template <std::size_t kPixels>
using Pixels = std::integral_constant<std::size_t, kPixels>;

/// Calls group(Pixels, first) of all pixels: eight at once, so that sums of channels are loaded and stored less often,
/// then those that are left one by one.
template <class Group>
[[gnu::always_inline]] inline void inGroups(std::size_t pixels, const Group& group) {
  constexpr Pixels<8> kTogether;
  std::size_t pixel = 0;
  for (; pixel + kTogether <= pixels; pixel += kTogether) group(kTogether, pixel);
  for (; pixel < pixels; ++pixel) group(Pixels<1>{}, pixel);
}

/// In what a group's numbers are summed before they go into a sum of float64. The product of two bfloat16 is exact in
/// float32.
template <class T>
using Partial = std::conditional_t<std::is_same_v<T, Bf16>, float, double>;

}  // namespace fer::nn
