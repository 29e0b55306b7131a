#pragma once

#include <cstddef>

#include "nn/kernels/bf16.hpp"

namespace fer::nn {

/// Batch norm, alone or with the ReLU after it, of pixels whose `count` channels lie side by side. Sums of channels are
/// of float64, which makes the plain formula of the variance exact enough.

/// Adds the values of `pixels` pixels, and their squares, to the sums of their channels.
void addMoments(const float* values, std::size_t pixels, std::size_t count, double* sum, double* square);
void addMoments(const Bf16* values, std::size_t pixels, std::size_t count, double* sum, double* square);

/// The normalisation of each channel: scale * value + shift.
struct ScaleAndShift {
  const float* scale;
  const float* shift;
};

enum class After { kNothing, kRelu };  ///< what follows the norm

/// The values' normalisation, with kRelu zero where it is not above zero.
void normalise(const float* values, std::size_t pixels, std::size_t count, ScaleAndShift norm, After after, float* out);
void normalise(const Bf16* values, std::size_t pixels, std::size_t count, ScaleAndShift norm, After after, Bf16* out);

/// Adds the gradients, and their products with the norm's own values, to the sums of their channels; with kRelu those
/// that the ReLU lets pass.
void addNormGradients(const float* gradient, const float* values, std::size_t pixels, std::size_t count,
                      ScaleAndShift norm, After after, double* sum, double* product);
void addNormGradients(const Bf16* gradient, const Bf16* values, std::size_t pixels, std::size_t count,
                      ScaleAndShift norm, After after, double* sum, double* product);

/// How the norm's values get their gradient: of_gradient * gradient + of_value * (value - mean) + constant.
struct NormGradient {
  const float* of_gradient;
  const float* of_value;
  const float* mean;
  const float* constant;
};

/// The gradient becomes that of the norm's values; with kRelu what the ReLU does not let pass counts as zero.
void passThroughNorm(float* gradient, const float* values, std::size_t pixels, std::size_t count, ScaleAndShift norm,
                     After after, NormGradient by);
void passThroughNorm(Bf16* gradient, const Bf16* values, std::size_t pixels, std::size_t count, ScaleAndShift norm,
                     After after, NormGradient by);

}  // namespace fer::nn
