#pragma once

#include <cstdint>

#include "fer/core/random.hpp"
#include "nn/kernels/bf16.hpp"

namespace fer::nn {

/// Which activations fall, and what the others are multiplied by.
struct DropoutDraw {
  PhiloxKey key;
  PhiloxCounter counter;    ///< the first word counts blocks of four activations
  std::uint32_t threshold;  ///< 24 random bits below this: dropped
  float kept;
};

constexpr std::int64_t kDropoutGroup = 256;  ///< activations drawn at once

/// One group of activations, the `group`-th.
void dropGroup(const float* in, float* out, std::int64_t group, const DropoutDraw& draw);
void dropGroup(const Bf16* in, Bf16* out, std::int64_t group, const DropoutDraw& draw);

}  // namespace fer::nn
