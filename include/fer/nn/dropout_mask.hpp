#pragma once

#include <cstdint>
#include <span>

#include "fer/nn/network.hpp"

namespace fer::nn {

/// Fills `mask` with 0 (dropped, with probability `rate`) and 1 / (1 - rate). Element i depends on position, layer and
/// i alone: word i % 4 of Philox at counter (i / 4, step, epoch, layer) under key (seed, kDropout). rate in [0, 1).
/// LibTorch's bernoulli_ draws one number at a time, ten times slower than this.
void fillDropoutMask(std::span<float> mask, double rate, const StepPosition& position, std::uint32_t layer);

}  // namespace fer::nn
