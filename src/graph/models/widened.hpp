#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace fer::graph {

/// So many times the channels, to the nearest multiple of 8, which vector units want; 8 at least.
inline std::int64_t widened(std::int64_t channels, double width) {
  constexpr std::int64_t kVector = 8;
  return std::max<std::int64_t>(1, std::llround(static_cast<double>(channels) * width / kVector)) * kVector;
}

}  // namespace fer::graph
