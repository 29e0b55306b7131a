#include <algorithm>
#include <bit>
#include <limits>

#include "data/augment/kernels.hpp"
#include "fer/core/multiversion.hpp"

namespace fer::data::kernels {

FER_MULTIVERSION void stretch(std::span<float> values) {
  // Floats that are not negative sort as their bits do; minima and maxima of integers vectorise without -ffast-math.
  std::int32_t lowest_bits = std::numeric_limits<std::int32_t>::max();
  std::int32_t highest_bits = 0;
  for (const float value : values) {
    lowest_bits = std::min(lowest_bits, std::bit_cast<std::int32_t>(value));
    highest_bits = std::max(highest_bits, std::bit_cast<std::int32_t>(value));
  }
  const auto lowest = std::bit_cast<float>(lowest_bits);
  // The largest of the differences is the difference of the largest: rounding is monotonic.
  const float range = std::bit_cast<float>(highest_bits) - lowest;
  const float divisor = range == 0.0F ? 1.0F : range;  // all equal: the differences stay 0
  for (float& value : values) value = (value - lowest) / divisor * 255.0F;
}

FER_MULTIVERSION void brighten(std::span<float> values, float factor) {
  // Beyond these bounds the result no longer changes, within them no product overflows the conversion.
  const float bounded = std::clamp(factor, 0.0F, 256.0F);
  for (float& value : values) {
    const auto level = static_cast<float>(static_cast<std::int32_t>(value));
    value = static_cast<float>(std::min(static_cast<std::int32_t>(bounded * level), 255));
  }
}

FER_MULTIVERSION void scale(std::span<float> values, float factor) {
  for (float& value : values) value *= factor;
}

}  // namespace fer::data::kernels
