#pragma once

#include <cstddef>

#include "nn/kernels/bf16.hpp"

namespace fer::nn {

/// A gate, squeeze-and-excite's, of `pixels` pixels of one image whose `count` channels lie side by side.

/// Adds the values of the pixels to the sums of their channels.
void addChannels(const float* values, std::size_t pixels, std::size_t count, double* sum);
void addChannels(const Bf16* values, std::size_t pixels, std::size_t count, double* sum);

/// Adds a number of each channel to its values.
void addToChannels(float* values, std::size_t pixels, std::size_t count, const float* number);
void addToChannels(Bf16* values, std::size_t pixels, std::size_t count, const float* number);

/// The values times their channel's factor.
void scaleChannels(const float* values, std::size_t pixels, std::size_t count, const float* factor, float* out);
void scaleChannels(const Bf16* values, std::size_t pixels, std::size_t count, const float* factor, Bf16* out);

/// Its backward pass: the gradient of the values; adds those of the factors to `of_factor`.
void scaleChannelsBack(const float* gradient, const float* values, std::size_t pixels, std::size_t count,
                       const float* factor, float* of_values, double* of_factor);
void scaleChannelsBack(const Bf16* gradient, const Bf16* values, std::size_t pixels, std::size_t count,
                       const float* factor, Bf16* of_values, double* of_factor);

}  // namespace fer::nn
