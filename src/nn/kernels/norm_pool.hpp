#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "nn/kernels/norm.hpp"

namespace fer::nn {

/// Batch norm, ReLU and pooling of a 2 x 2 window of pixels, `count` channels at once.

/// The largest of scale * row + shift, element by element, where it is above zero, else zero; and which row it came
/// from, as max4() tells it.
void normReluMax4(std::array<const float*, 4> rows, ScaleAndShift norm, float* largest, std::uint8_t* winner,
                  std::size_t count);
void normReluMax4(std::array<const Bf16*, 4> rows, ScaleAndShift norm, Bf16* largest, std::uint8_t* winner,
                  std::size_t count);

/// Adds the gradients that reach a row to `sum`, and their products with the row's own values to `product`.
void addGradients(const float* gradient, const std::uint8_t* winner, std::array<const float*, 4> rows, double* sum,
                  double* product, std::size_t count);
void addGradients(const Bf16* gradient, const std::uint8_t* winner, std::array<const Bf16*, 4> rows, double* sum,
                  double* product, std::size_t count);

/// rows[k] becomes the gradient of its values, where `gradient` is that of the row that won and the others' is zero.
void spreadThroughNorm(const float* gradient, const std::uint8_t* winner, NormGradient norm, std::array<float*, 4> rows,
                       std::size_t count);
void spreadThroughNorm(const Bf16* gradient, const std::uint8_t* winner, NormGradient norm, std::array<Bf16*, 4> rows,
                       std::size_t count);

}  // namespace fer::nn
