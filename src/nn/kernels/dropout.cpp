#include "nn/kernels/dropout.hpp"

#include <array>

#include "fer/core/multiversion.hpp"

namespace fer::nn {
namespace {

constexpr std::size_t kWords = 4;                       ///< random words of one Philox block
constexpr std::size_t kLanes = kDropoutGroup / kWords;  ///< blocks computed side by side

using Words = std::array<std::uint32_t, kLanes>;

/// Philox blocks with consecutive first counter words, side by side; afterwards the words are random. The same
/// arithmetic as fer::philox. So many blocks that the compiler makes loops of it, and vector instructions of the loops.
[[gnu::always_inline]] inline void randomWords(Words& c0, Words& c1, Words& c2, Words& c3, PhiloxKey key) {
  constexpr int kRounds = 10;
  for (int round = 0; round < kRounds; ++round) {
    for (std::size_t i = 0; i < kLanes; ++i) {
      const std::uint64_t a = 0xD2511F53ULL * c0[i];
      const std::uint64_t b = 0xCD9E8D57ULL * c2[i];
      c0[i] = static_cast<std::uint32_t>(b >> 32) ^ c1[i] ^ key[0];
      c1[i] = static_cast<std::uint32_t>(b);
      c2[i] = static_cast<std::uint32_t>(a >> 32) ^ c3[i] ^ key[1];
      c3[i] = static_cast<std::uint32_t>(a);
    }
    key = {key[0] + 0x9E3779B9U, key[1] + 0xBB67AE85U};
  }
}

template <class T>
[[gnu::always_inline]] inline void dropGroupOf(const T* in, T* out, std::int64_t group, const DropoutDraw& draw) {
  const auto first = static_cast<std::uint32_t>(group * static_cast<std::int64_t>(kLanes));
  Words c0;
  Words c1;
  Words c2;
  Words c3;
  for (std::size_t i = 0; i < kLanes; ++i) {
    c0[i] = first + static_cast<std::uint32_t>(i);
    c1[i] = draw.counter[1];
    c2[i] = draw.counter[2];
    c3[i] = draw.counter[3];
  }
  randomWords(c0, c1, c2, c3, draw.key);
  const std::uint32_t threshold = draw.threshold << 8U;  // words below: their upper 24 bits are
  const float kept = draw.kept;
  std::array<float, kDropoutGroup> factor;
  for (std::size_t i = 0; i < kLanes; ++i) {
    factor[kWords * i + 0] = c0[i] < threshold ? 0.0F : kept;
    factor[kWords * i + 1] = c1[i] < threshold ? 0.0F : kept;
    factor[kWords * i + 2] = c2[i] < threshold ? 0.0F : kept;
    factor[kWords * i + 3] = c3[i] < threshold ? 0.0F : kept;
  }
  // Two loops, since `in` and `out` may be one: the compiler would not make vector instructions of one loop.
  for (std::size_t i = 0; i < factor.size(); ++i) factor[i] *= wide(in[i]);
  for (std::size_t i = 0; i < factor.size(); ++i) out[i] = narrow<T>(factor[i]);
}

}  // namespace

FER_MULTIVERSION void dropGroup(const float* in, float* out, std::int64_t group, const DropoutDraw& draw) {
  dropGroupOf(in, out, group, draw);
}

FER_MULTIVERSION void dropGroup(const Bf16* in, Bf16* out, std::int64_t group, const DropoutDraw& draw) {
  dropGroupOf(in, out, group, draw);
}

}  // namespace fer::nn
