#pragma once

#include <cstdint>
#include <span>

#include "fer/train/options.hpp"

namespace fer::train {

/// Keras' lr_t = lr * sqrt(1 - beta2^t) / (1 - beta1^t); t is 1 at the first step.
double correctedRate(const OptimiserOptions& options, double lr, std::int64_t t);

/// One step of Adam over `values.size()` numbers, in one pass over memory:
///   m += (g - m) (1 - beta1);  v += (g^2 - v) (1 - beta2);  p -= lr_t m / (sqrt(v) + epsilon)
/// Source: TensorFlow's ApplyAdam, which Keras 2.8 calls.
void adamStep(std::span<float> values, std::span<float> m, std::span<float> v, std::span<const float> gradients,
              const OptimiserOptions& options, double corrected_rate);

}  // namespace fer::train
