#pragma once

#include <cstddef>
#include <type_traits>

#include "nn/kernels/bf16.hpp"

namespace fer::nn {

constexpr std::size_t kTogether = 8;  ///< pixels, so that sums of channels are loaded and stored less often

/// In what kTogether numbers are summed before they go into a sum of float64. The product of two bfloat16 is exact in
/// float32.
template <class T>
using Partial = std::conditional_t<std::is_same_v<T, Bf16>, float, double>;

}  // namespace fer::nn
