#include "fer/nn/dropout_mask.hpp"

#include <ATen/Parallel.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "fer/core/multiversion.hpp"
#include "fer/core/random.hpp"

namespace fer::nn {
namespace {

constexpr std::int64_t kLanes = 16;  ///< Philox blocks computed side by side
constexpr std::int64_t kWords = 4;   ///< random words of one block
constexpr std::int64_t kGroup = kLanes * kWords;

using Words = std::array<std::uint32_t, kLanes>;

/// Sixteen Philox blocks with consecutive first counter words, turned into 64 mask values. The same arithmetic as
/// fer::philox, laid out so that the compiler uses one vector register a word.
FER_MULTIVERSION void fillGroup(float* mask, std::uint32_t first, const PhiloxCounter& rest, PhiloxKey key,
                                std::uint32_t threshold, float kept) {
  Words c0;
  Words c1;
  Words c2;
  Words c3;
  for (std::size_t i = 0; i < kLanes; ++i) {
    c0[i] = first + static_cast<std::uint32_t>(i);
    c1[i] = rest[1];
    c2[i] = rest[2];
    c3[i] = rest[3];
  }
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
  for (std::size_t i = 0; i < kLanes; ++i) {
    mask[kWords * i + 0] = (c0[i] >> 8) < threshold ? 0.0F : kept;
    mask[kWords * i + 1] = (c1[i] >> 8) < threshold ? 0.0F : kept;
    mask[kWords * i + 2] = (c2[i] >> 8) < threshold ? 0.0F : kept;
    mask[kWords * i + 3] = (c3[i] >> 8) < threshold ? 0.0F : kept;
  }
}

}  // namespace

void fillDropoutMask(std::span<float> mask, double rate, const StepPosition& position, std::uint32_t layer) {
  const PhiloxKey key{position.seed, static_cast<std::uint32_t>(Purpose::kDropout)};
  const PhiloxCounter rest{0, position.step, position.epoch, layer};
  const auto threshold = static_cast<std::uint32_t>(std::lround(rate * 0x1p24));
  const auto kept = static_cast<float>(1.0 / (1.0 - rate));
  const auto size = static_cast<std::int64_t>(mask.size());
  const std::int64_t groups = (size + kGroup - 1) / kGroup;
  constexpr std::int64_t kGrain = 512;
  at::parallel_for(0, groups, kGrain, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t group = begin; group < end; ++group) {
      const auto first = static_cast<std::uint32_t>(group * kLanes);
      if ((group + 1) * kGroup <= size) {
        fillGroup(mask.data() + group * kGroup, first, rest, key, threshold, kept);
      } else {
        std::array<float, kGroup> tail;
        fillGroup(tail.data(), first, rest, key, threshold, kept);
        std::copy_n(tail.begin(), size - group * kGroup, mask.begin() + group * kGroup);
      }
    }
  });
}

}  // namespace fer::nn
