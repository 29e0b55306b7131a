#include "fer/core/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

namespace fer {
namespace {

// Known answers of the reference implementation, Random123's kat_vectors.
TEST(Philox, GivesTheKnownAnswers) {
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (PhiloxCounter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  constexpr std::uint32_t kOnes = 0xffffffff;
  EXPECT_EQ(philox({kOnes, kOnes, kOnes, kOnes}, {kOnes, kOnes}),
            (PhiloxCounter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (PhiloxCounter{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(RandomStream, DependsOnEachOfItsFiveNumbersAlone) {
  const auto first = [](RandomStream stream) { return stream.bits(); };
  const std::uint32_t base = first(RandomStream(1, Purpose::kSplit, 2, 3, 4));
  EXPECT_EQ(first(RandomStream(1, Purpose::kSplit, 2, 3, 4)), base);
  EXPECT_NE(first(RandomStream(9, Purpose::kSplit, 2, 3, 4)), base);
  EXPECT_NE(first(RandomStream(1, Purpose::kShuffle, 2, 3, 4)), base);
  EXPECT_NE(first(RandomStream(1, Purpose::kSplit, 9, 3, 4)), base);
  EXPECT_NE(first(RandomStream(1, Purpose::kSplit, 2, 9, 4)), base);
  EXPECT_NE(first(RandomStream(1, Purpose::kSplit, 2, 3, 9)), base);
}

TEST(RandomStream, UniformsComeFromTheTop24Bits) {
  RandomStream bits(7, Purpose::kAugment);
  RandomStream uniforms(7, Purpose::kAugment);
  for (int i = 0; i < 1000; ++i) {
    const float value = uniforms.uniform();
    EXPECT_EQ(value, static_cast<float>(bits.bits() >> 8) / 16777216.0F);
    EXPECT_GE(value, 0.0F);
    EXPECT_LT(value, 1.0F);
  }
}

TEST(RandomStream, BelowIsUnbiasedAndWithinItsBound) {
  RandomStream stream(3, Purpose::kShuffle);
  std::array<int, 7> counts{};
  constexpr int kEach = 10000;
  for (int i = 0; i < 7 * kEach; ++i) ++counts.at(stream.below(7));
  for (const int count : counts) EXPECT_NEAR(count, kEach, 5 * 93);  // 5 deviations of a binomial
  EXPECT_EQ(stream.below(1), 0U);
}

TEST(RandomStream, NormalHasMeanZeroAndDeviationOne) {
  RandomStream stream(5, Purpose::kInit);
  constexpr int kDraws = 100000;
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double value = stream.normal();
    sum += value;
    squares += value * value;
  }
  EXPECT_NEAR(sum / kDraws, 0.0, 5 / std::sqrt(kDraws));
  EXPECT_NEAR(squares / kDraws, 1.0, 5 * std::sqrt(2.0 / kDraws));
}

TEST(Shuffle, IsAPermutationThatTheSeedDecides) {
  std::vector<int> order(100);
  std::iota(order.begin(), order.end(), 0);
  std::vector<int> again = order;
  const std::vector<int> sorted = order;
  RandomStream a(1, Purpose::kShuffle, 5);
  RandomStream b(1, Purpose::kShuffle, 5);
  shuffle(std::span(order), a);
  shuffle(std::span(again), b);
  EXPECT_EQ(order, again);
  EXPECT_NE(order, sorted);
  std::sort(order.begin(), order.end());
  EXPECT_EQ(order, sorted);
}

}  // namespace
}  // namespace fer
