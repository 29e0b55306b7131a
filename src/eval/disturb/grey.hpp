#pragma once

#include <algorithm>
#include <cstdint>

namespace fer::eval {

/// The nearest grey level, 0..255.
inline std::uint8_t grey(double value) {
  constexpr double kMost = 255;
  // Half a level goes up; what is clamped is never negative. NOLINTNEXTLINE(bugprone-incorrect-roundings)
  return static_cast<std::uint8_t>(std::clamp(value, 0.0, kMost) + 0.5);
}

}  // namespace fer::eval
