#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "nn/kernels/bf16.hpp"

namespace fer::nn {

constexpr std::uint8_t kNoWinner = 4;

/// The largest of four rows, element by element, and which row it came from, the first of equals: 0 to 3. With `relu`
/// zero where it is not above zero, which comes from kNoWinner. NaN wins over all.
void max4(std::array<const float*, 4> rows, bool relu, float* largest, std::uint8_t* winner, std::size_t count);
void max4(std::array<const Bf16*, 4> rows, bool relu, Bf16* largest, std::uint8_t* winner, std::size_t count);

/// Its backward pass: each gradient goes to the row that won, the others get zero; to none where winner is kNoWinner.
void spreadToWinner(const float* gradient, const std::uint8_t* winner, std::array<float*, 4> rows, std::size_t count);
void spreadToWinner(const Bf16* gradient, const std::uint8_t* winner, std::array<Bf16*, 4> rows, std::size_t count);

}  // namespace fer::nn
