#pragma once

#include <cstddef>

#include "nn/kernels/bf16.hpp"

namespace fer::nn {

/// Zero takes the place of values that are not above zero; NaN stays.
void relu(float* values, std::size_t count);
void relu(Bf16* values, std::size_t count);

/// values = relu(values + others), the sum rounded to the type.
void addRelu(float* values, const float* others, std::size_t count);
void addRelu(Bf16* values, const Bf16* others, std::size_t count);

/// The backward pass of both: zero takes the place of gradients whose `output` is not above zero. As LibTorch's, which
/// lets a gradient pass where the output is NaN.
void passThroughRelu(float* gradient, const float* output, std::size_t count);
void passThroughRelu(Bf16* gradient, const Bf16* output, std::size_t count);

}  // namespace fer::nn
