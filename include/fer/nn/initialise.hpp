#pragma once

#include <cstdint>

#include "fer/nn/network.hpp"

namespace fer::nn {

/// Keras' layer defaults: kernels Glorot-uniform, U[-a, a] with a = sqrt(6 / (fan_in + fan_out)); biases 0; batch norm
/// scale 1, offset 0, mean 0, variance 1. Kernel k of the network draws from stream (seed, kInit, item k) alone.
/// Source: Glorot and Bengio 2010; keras.initializers.GlorotUniform.
void initialise(Network& network, std::uint32_t seed);

}  // namespace fer::nn
