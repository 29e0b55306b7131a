#include "weights/half.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fer::weights {
namespace {

constexpr unsigned kFractionBits = 10;
constexpr int kLowest = -24;  ///< 2^-24: what the last bit of the smallest numbers stands for
constexpr std::uint16_t kSign = 0x8000;
constexpr std::uint16_t kInfinity = 0x7c00;
constexpr std::uint16_t kNotANumber = 0x7e00;

}  // namespace

std::uint16_t halfOf(float value) {
  const std::uint16_t sign = std::signbit(value) ? kSign : 0;
  if (std::isnan(value)) return kNotANumber;
  const double magnitude = std::abs(static_cast<double>(value));
  constexpr double kRoundsToInfinity = 65520;
  if (magnitude >= kRoundsToInfinity) return sign | kInfinity;
  // What the last bit stands for, and the number in units of it: the bits of a half are those of a whole number.
  int exponent = 0;
  std::frexp(magnitude, &exponent);
  const int last = magnitude == 0 ? kLowest : std::max(exponent - static_cast<int>(kFractionBits) - 1, kLowest);
  const auto units = static_cast<unsigned>(std::nearbyint(std::ldexp(magnitude, -last)));
  return static_cast<std::uint16_t>(sign | ((static_cast<unsigned>(last - kLowest) << kFractionBits) + units));
}

float fromHalf(std::uint16_t bits) {
  constexpr unsigned kOne = 1U << kFractionBits;
  const unsigned exponent = (bits & kInfinity) >> kFractionBits;
  const unsigned fraction = bits & (kOne - 1);
  const float sign = (bits & kSign) != 0 ? -1.0F : 1.0F;
  if ((bits & kInfinity) == kInfinity)
    return fraction == 0 ? sign * std::numeric_limits<float>::infinity() : std::numeric_limits<float>::quiet_NaN();
  if (exponent == 0) return sign * std::ldexp(static_cast<float>(fraction), kLowest);
  return sign * std::ldexp(static_cast<float>(fraction + kOne), kLowest + static_cast<int>(exponent) - 1);
}

}  // namespace fer::weights
