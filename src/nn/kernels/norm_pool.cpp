#include "nn/kernels/norm_pool.hpp"

#include <algorithm>
#include <bit>

#include "fer/core/multiversion.hpp"
#include "nn/kernels/masked.hpp"
#include "nn/kernels/relu_max_pool.hpp"

namespace fer::nn {
namespace {

template <class T>
[[gnu::always_inline]] inline void normReluMaxOf(std::array<const T*, 4> rows, ScaleAndShift norm,
                                                 T* __restrict largest, std::uint8_t* __restrict winner,
                                                 std::size_t count) {
  const float* __restrict const scale = norm.scale;
  const float* __restrict const shift = norm.shift;
  for (std::size_t i = 0; i < count; ++i) {
    float best = wide(rows[0][i]) * scale[i] + shift[i];
    std::uint32_t row = 0;
    for (std::uint32_t k = 1; k < 4; ++k) {
      const float value = wide(rows[k][i]) * scale[i] + shift[i];
      const bool above = !(value <= best);  // true where either is NaN
      const bool taken = above && best == best;
      best = taken ? value : best;
      row = taken ? k : row;
    }
    const bool off = best <= 0.0F;
    largest[i] = narrow<T>(off ? 0.0F : best);
    winner[i] = static_cast<std::uint8_t>(off ? kNoWinner : row);
  }
}

/// In pieces, whose floats stay in the first cache between the loops; one loop of bytes, floats and doubles would be
/// no vector loop.
template <class T>
[[gnu::always_inline]] inline void addGradientsOf(const T* __restrict gradient, const std::uint8_t* __restrict winner,
                                                  std::array<const T*, 4> rows, double* __restrict sum,
                                                  double* __restrict product, std::size_t count) {
  constexpr std::size_t kPiece = 64;
  std::array<float, kPiece> given;
  std::array<float, kPiece> value;
  for (std::size_t first = 0; first < count; first += kPiece) {
    const std::size_t size = std::min(kPiece, count - first);
    for (std::size_t i = 0; i < size; ++i) {
      const std::uint32_t row = winner[first + i];
      given[i] = where(row != kNoWinner, wide(gradient[first + i]));
      std::uint32_t bits = 0;
      for (std::uint32_t k = 0; k < 4; ++k)
        bits |= std::bit_cast<std::uint32_t>(where(row == k, wide(rows[k][first + i])));
      value[i] = std::bit_cast<float>(bits);
    }
    for (std::size_t i = 0; i < size; ++i) {
      sum[first + i] += static_cast<double>(given[i]);
      product[first + i] += static_cast<double>(given[i]) * static_cast<double>(value[i]);
    }
  }
}

template <class T>
[[gnu::always_inline]] inline void spreadThroughNormOf(const T* __restrict gradient,
                                                       const std::uint8_t* __restrict winner, NormGradient norm,
                                                       std::array<T*, 4> rows, std::size_t count) {
  const float* __restrict const of_gradient = norm.of_gradient;
  const float* __restrict const of_value = norm.of_value;
  const float* __restrict const mean = norm.mean;
  const float* __restrict const constant = norm.constant;
  for (std::uint32_t k = 0; k < 4; ++k) {
    T* __restrict const row = rows[k];
    for (std::size_t i = 0; i < count; ++i) {
      const float given = where(winner[i] == k, wide(gradient[i]));
      row[i] = narrow<T>(of_gradient[i] * given + (of_value[i] * (wide(row[i]) - mean[i]) + constant[i]));
    }
  }
}

}  // namespace

FER_MULTIVERSION void normReluMax4(std::array<const float*, 4> rows, ScaleAndShift norm, float* largest,
                                   std::uint8_t* winner, std::size_t count) {
  normReluMaxOf(rows, norm, largest, winner, count);
}
FER_MULTIVERSION void normReluMax4(std::array<const Bf16*, 4> rows, ScaleAndShift norm, Bf16* largest,
                                   std::uint8_t* winner, std::size_t count) {
  normReluMaxOf(rows, norm, largest, winner, count);
}

FER_MULTIVERSION void addGradients(const float* gradient, const std::uint8_t* winner, std::array<const float*, 4> rows,
                                   double* sum, double* product, std::size_t count) {
  addGradientsOf(gradient, winner, rows, sum, product, count);
}
FER_MULTIVERSION void addGradients(const Bf16* gradient, const std::uint8_t* winner, std::array<const Bf16*, 4> rows,
                                   double* sum, double* product, std::size_t count) {
  addGradientsOf(gradient, winner, rows, sum, product, count);
}

FER_MULTIVERSION void spreadThroughNorm(const float* gradient, const std::uint8_t* winner, NormGradient norm,
                                        std::array<float*, 4> rows, std::size_t count) {
  spreadThroughNormOf(gradient, winner, norm, rows, count);
}
FER_MULTIVERSION void spreadThroughNorm(const Bf16* gradient, const std::uint8_t* winner, NormGradient norm,
                                        std::array<Bf16*, 4> rows, std::size_t count) {
  spreadThroughNormOf(gradient, winner, norm, rows, count);
}

}  // namespace fer::nn
