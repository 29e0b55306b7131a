#pragma once

#include <bit>
#include <cstdint>

namespace fer::nn {

/// The value, or zero where the condition does not hold. By masking bits, not by choosing: GCC makes vector
/// instructions of it.
[[gnu::always_inline]] inline float where(bool condition, float value) {
  return std::bit_cast<float>(std::bit_cast<std::uint32_t>(value) & (0U - static_cast<std::uint32_t>(condition)));
}

}  // namespace fer::nn
