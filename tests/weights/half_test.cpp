#include "weights/half.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace fer::weights {
namespace {

// IEEE 754 binary16: a sign, 5 bits of exponent, 10 of fraction.
TEST(Half, IsTheNearestNumber) {
  const float infinity = std::numeric_limits<float>::infinity();
  const struct {
    float value;
    std::uint16_t bits;
  } cases[] = {
      {0, 0x0000},
      {-0.0F, 0x8000},
      {1, 0x3c00},
      {-2, 0xc000},
      {0.333333333F, 0x3555},
      {65504, 0x7bff},  // the largest
      {65519, 0x7bff},  // rounds down to it
      {65520, 0x7c00},  // halfway to what would be 65536
      {-infinity, 0xfc00},
      {1 + 0x1p-11F, 0x3c00},  // halfway: the even one
      {1 + 0x3p-11F, 0x3c02},  // halfway: the even one, above
      {2 - 0x1p-12F, 0x4000},  // up to the next power
      {0x1p-14F, 0x0400},      // the smallest with a leading one
      {0x1p-24F, 0x0001},      // the smallest at all
      {0x1p-25F, 0x0000},      // halfway to it: even
      {0x1.8p-25F, 0x0001},
      {0x1.ff8p-15F, 0x03ff},  // the largest without a leading one
      {0x1.ffcp-15F, 0x0400},  // halfway: even
  };
  for (const auto& one : cases) EXPECT_EQ(halfOf(one.value), one.bits) << one.value;
  EXPECT_TRUE(std::isnan(fromHalf(halfOf(std::numeric_limits<float>::quiet_NaN()))));
}

TEST(Half, OfEveryNumberOfItsOwnIsThatNumber) {
  for (unsigned bits = 0; bits <= 0xffff; ++bits) {
    const float value = fromHalf(static_cast<std::uint16_t>(bits));
    if (!std::isnan(value)) {
      ASSERT_EQ(halfOf(value), bits) << value;
    }
  }
  EXPECT_EQ(fromHalf(0x3555), 0x1.554p-2F);
  EXPECT_EQ(fromHalf(0x8001), -0x1p-24F);
}

}  // namespace
}  // namespace fer::weights
