#pragma once

#include <c10/core/Device.h>

#include <functional>

#include "fer/nn/network.hpp"
#include "train/optim/optimiser.hpp"

namespace fer::train {

/// Runs `step` `times` times and puts back what it changed: weights, buffers, moments and the device's random
/// generator; also where the step throws. In its first runs LibTorch chooses kernels and allocates, which a recording
/// cannot hold.
void rehearse(const nn::Network& network, const Optimiser& optimiser, c10::Device device, int times,
              const std::function<void()>& step);

}  // namespace fer::train
