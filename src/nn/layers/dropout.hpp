#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "fer/nn/network.hpp"

namespace fer::nn {

/// Drops a share `rate` of the activations, in [0, 1), and multiplies the others by 1 / (1 - rate). What is dropped
/// depends on position, layer and the place in memory alone: element i of a whole batch falls where the upper 24 bits
/// of word i % 4 of Philox at counter (i / 4, step, epoch, layer) under key (seed, kDropout) are below rate * 2^24. The
/// backward pass draws them anew, which is cheaper than to keep them. `input` is dense, float32 or bfloat16, on the
/// CPU. LibTorch's own draws one number after the other on one thread, ten times slower.
at::Tensor seededDropout(const at::Tensor& input, double rate, const StepPosition& position, std::uint32_t layer);

}  // namespace fer::nn
