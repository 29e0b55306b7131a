#include "nn/kernels/relu_max_pool.hpp"

#include <bit>
#include <type_traits>

#include "fer/core/multiversion.hpp"

namespace fer::nn {
namespace {

template <class T>
using BitsOf = std::conditional_t<sizeof(T) == 2, std::uint16_t, std::uint32_t>;

template <bool kRelu, class T>
[[gnu::always_inline]] inline void maxOf(std::array<const T*, 4> rows, T* __restrict largest,
                                         std::uint8_t* __restrict winner, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    float best = wide(rows[0][i]);
    std::uint32_t row = 0;
    for (std::uint32_t k = 1; k < 4; ++k) {
      const float value = wide(rows[k][i]);
      const bool above = !(value <= best);  // true where either is NaN
      const bool taken = above && best == best;
      best = taken ? value : best;
      row = taken ? k : row;
    }
    const bool off = kRelu && best <= 0.0F;
    largest[i] = narrow<T>(off ? 0.0F : best);
    winner[i] = static_cast<std::uint8_t>(off ? kNoWinner : row);
  }
}

template <class T>
[[gnu::always_inline]] inline void spreadOf(const T* __restrict gradient, const std::uint8_t* __restrict winner,
                                            std::array<T*, 4> rows, std::size_t count) {
  for (std::uint32_t k = 0; k < 4; ++k) {
    T* __restrict const row = rows[k];
    // By masking bits, not by choosing: GCC makes vector instructions of it for both types.
    for (std::size_t i = 0; i < count; ++i) {
      const auto mask = static_cast<BitsOf<T>>(0 - static_cast<BitsOf<T>>(winner[i] == k));
      row[i] = std::bit_cast<T>(static_cast<BitsOf<T>>(std::bit_cast<BitsOf<T>>(gradient[i]) & mask));
    }
  }
}

}  // namespace

FER_MULTIVERSION void max4(std::array<const float*, 4> rows, bool relu, float* largest, std::uint8_t* winner,
                           std::size_t count) {
  relu ? maxOf<true>(rows, largest, winner, count) : maxOf<false>(rows, largest, winner, count);
}
FER_MULTIVERSION void max4(std::array<const Bf16*, 4> rows, bool relu, Bf16* largest, std::uint8_t* winner,
                           std::size_t count) {
  relu ? maxOf<true>(rows, largest, winner, count) : maxOf<false>(rows, largest, winner, count);
}

FER_MULTIVERSION void spreadToWinner(const float* gradient, const std::uint8_t* winner, std::array<float*, 4> rows,
                                     std::size_t count) {
  spreadOf(gradient, winner, rows, count);
}
FER_MULTIVERSION void spreadToWinner(const Bf16* gradient, const std::uint8_t* winner, std::array<Bf16*, 4> rows,
                                     std::size_t count) {
  spreadOf(gradient, winner, rows, count);
}

}  // namespace fer::nn
