#pragma once

#include <cstdint>

#include "fer/nn/network.hpp"

namespace fer::nn {

/// Keras' initial values: biases 0; batch norm scale 1, offset 0, mean 0, variance 1; kernels as their
/// layer's graph::KernelInit says:
///   kGlorotUniform  U[-a, a] with a = sqrt(6 / (fan_in + fan_out)). Source: Glorot and Bengio 2010.
///   kHeNormal       N(0, s^2) cut at two standard deviations, s = sqrt(2 / fan_in) / 0.87962566 so that the variance
///                   after the cut is 2 / fan_in. Source: He et al. 2015; keras.initializers.HeNormal.
/// Kernel k of the graph draws from stream (seed, kInit, item k) alone.
void initialise(Network& network, std::uint32_t seed);

}  // namespace fer::nn
