#include "fer/report/picture/picture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <png.h>

#include <stdexcept>

namespace fer::report {
namespace {

/// A slope from black to white, with a step in green and blue where there are colours.
Picture slope(std::size_t width, std::size_t height, std::size_t channels) {
  Picture picture{width, height, channels, {}};
  for (std::size_t i = 0; i < width * height; ++i) {
    picture.pixels.push_back(static_cast<std::uint8_t>(i * 255 / (width * height)));
    if (channels == 3) picture.pixels.insert(picture.pixels.end(), {static_cast<std::uint8_t>(i % 7), 200});
  }
  return picture;
}

/// What libpng reads back, in the channels that the file itself has.
Picture readBack(const std::string& file) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  EXPECT_NE(png_image_begin_read_from_memory(&image, file.data(), file.size()), 0) << image.message;
  Picture picture{image.width, image.height, PNG_IMAGE_SAMPLE_CHANNELS(image.format), {}};
  picture.pixels.resize(PNG_IMAGE_SIZE(image));
  EXPECT_NE(png_image_finish_read(&image, nullptr, picture.pixels.data(), 0, nullptr), 0) << image.message;
  return picture;
}

TEST(Png, HoldsThePixelsAsTheyAre) {
  for (const std::size_t channels : {1U, 3U}) {
    for (const auto& [width, height] : {std::pair{1U, 1U}, {48U, 48U}, {331U, 17U}}) {
      const Picture picture = slope(width, height, channels);
      const Picture found = readBack(png(picture));
      EXPECT_EQ(found.width, width);
      EXPECT_EQ(found.height, height);
      EXPECT_EQ(found.channels, channels);
      EXPECT_EQ(found.pixels, picture.pixels);
    }
  }
}

// Noise does not compress: the file is larger than its pixels.
TEST(Png, HoldsNoise) {
  Picture picture{64, 64, 1, {}};
  std::uint32_t state = 1;
  for (int i = 0; i < 64 * 64; ++i) {
    state = state * 1664525U + 1013904223U;
    picture.pixels.push_back(static_cast<std::uint8_t>(state >> 24));
  }
  const std::string file = png(picture);
  EXPECT_GT(file.size(), picture.pixels.size());
  EXPECT_EQ(readBack(file).pixels, picture.pixels);
}

TEST(Png, IsTheSameFileForTheSamePicture) {
  const std::string file = png(slope(64, 48, 3));
  EXPECT_EQ(file, png(slope(64, 48, 3)));
  EXPECT_EQ(file.find("tIME"), std::string::npos);
  EXPECT_LT(file.size(), 64U * 48 * 3);  // compressed at all
}

TEST(Png, RefusesWhatIsNoPicture) {
  for (const Picture& wrong : {Picture{}, Picture{2, 2, 1, {1, 2, 3}}, Picture{2, 2, 2, std::vector<std::uint8_t>(8)},
                               Picture{0, 5, 1, {}}, Picture{1, 1, 3, {1, 2, 3, 4}}})
    EXPECT_THROW(png(wrong), std::invalid_argument);
}

}  // namespace
}  // namespace fer::report
