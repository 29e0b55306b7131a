#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "nn/kernels/bf16.hpp"

namespace fer::nn {

/// Batch norm, ReLU and pooling of a 2 x 2 window of pixels, `count` channels at once. Sums are of float64, which makes
/// the plain formula of the variance exact enough.

/// Adds the values of `pixels` pixels, and their squares, to the sums of their channels.
void addMoments(const float* values, std::size_t pixels, std::size_t count, double* sum, double* square);
void addMoments(const Bf16* values, std::size_t pixels, std::size_t count, double* sum, double* square);

/// The largest of scale * row + shift, element by element, where it is above zero, else zero; and which row it came
/// from, as reluMax4() tells it.
struct ScaleAndShift {
  const float* scale;
  const float* shift;
};
void normReluMax4(std::array<const float*, 4> rows, ScaleAndShift norm, float* largest, std::uint8_t* winner,
                  std::size_t count);
void normReluMax4(std::array<const Bf16*, 4> rows, ScaleAndShift norm, Bf16* largest, std::uint8_t* winner,
                  std::size_t count);

/// Adds the gradients that reach a row to `sum`, and their products with the row's own values to `product`.
void addGradients(const float* gradient, const std::uint8_t* winner, std::array<const float*, 4> rows, double* sum,
                  double* product, std::size_t count);
void addGradients(const Bf16* gradient, const std::uint8_t* winner, std::array<const Bf16*, 4> rows, double* sum,
                  double* product, std::size_t count);

/// rows[k] becomes of_gradient * (gradient where row k won, else 0) + of_value * rows[k] + constant.
struct NormGradient {
  const float* of_gradient;
  const float* of_value;
  const float* constant;
};
void spreadThroughNorm(const float* gradient, const std::uint8_t* winner, NormGradient norm, std::array<float*, 4> rows,
                       std::size_t count);
void spreadThroughNorm(const Bf16* gradient, const std::uint8_t* winner, NormGradient norm, std::array<Bf16*, 4> rows,
                       std::size_t count);

}  // namespace fer::nn
