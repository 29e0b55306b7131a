#include "fer/data_folder/equalise.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "fer/data/synth/synth.hpp"
#include "fer/image/clahe.hpp"
#include "fer/image/planes.hpp"

namespace fer::data {
namespace {

TEST(EqualiseInto, IsClaheOfThePicture) {
  for (const int channels : {1, 3}) {
    const Dataset drawn = synthesise({2, 1, {channels, 24, 20}, fer2013Classes()});
    std::vector<std::uint8_t> out(drawn.shape().size());
    equaliseInto(drawn.pixels(1), drawn.shape(), {.clip_limit = 3, .tiles = 2}, out);
    EXPECT_EQ(out, image::planesOf(image::clahe(image::pictureOf(drawn.pixels(1), drawn.shape()), 3, 2)));
    EXPECT_NE(out, std::vector<std::uint8_t>(drawn.pixels(1).begin(), drawn.pixels(1).end()));
  }
}

TEST(EqualiseInto, RefusesOtherSizes) {
  std::vector<std::uint8_t> four(4);
  std::vector<std::uint8_t> five(5);
  EXPECT_THROW(equaliseInto(four, {1, 2, 2}, {.tiles = 1}, five), std::invalid_argument);
  EXPECT_THROW(equaliseInto(five, {1, 2, 2}, {.tiles = 1}, four), std::invalid_argument);
}

}  // namespace
}  // namespace fer::data
