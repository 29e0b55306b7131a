#pragma once

#include <bit>
#include <cstdint>

namespace fer::nn {

/// bfloat16 as LibTorch lays it in memory: the upper half of a float32.
enum class Bf16 : std::uint16_t {};

inline float wide(float value) {
  return value;
}
inline float wide(Bf16 value) {
  return std::bit_cast<float>(std::uint32_t{static_cast<std::uint16_t>(value)} << 16U);
}

template <class T>
T narrow(float value);
template <>
inline float narrow<float>(float value) {
  return value;
}
/// To the nearest, to the even one of two; a NaN stays one.
template <>
inline Bf16 narrow<Bf16>(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const std::uint32_t rounded = (bits + 0x7FFFU + ((bits >> 16U) & 1U)) >> 16U;
  return static_cast<Bf16>(value != value ? 0x7FC0U : rounded);
}

}  // namespace fer::nn
