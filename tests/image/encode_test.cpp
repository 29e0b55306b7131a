#include "fer/image/encode.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "fer/core/error.hpp"
#include "fer/image/decode.hpp"
#include "image/same_picture.hpp"
#include "support/made_pictures.hpp"

namespace fer::image {
namespace {

using namespace fer::test;

TEST(Encode, PngKeepsEveryPixel) {
  for (const cv::Mat& picture : {smallColour(), smallGrey()})
    EXPECT_EQ(largestDifference(decode(bytesOf(png(picture)), "made"), picture), 0);
}

TEST(Encode, PngIsCompressedAsUsual) {
  cv::Mat slopes(256, 256, CV_8UC1);
  for (int i = 0; i < 256 * 256; ++i) slopes.data[i] = static_cast<std::uint8_t>(i % 256 * (1 + i / 256 % 2));
  EXPECT_LT(png(slopes).size(), 2000U);  // as quickly as may be: 9,000 and more
}

TEST(Encode, QualityIsWhatItSays) {
  cv::Mat picture(64, 64, CV_8UC3);
  cv::RNG(1).fill(picture, cv::RNG::UNIFORM, 0, 256);
  EXPECT_LT(jpeg(picture, 10).size(), jpeg(picture, 95).size());
  EXPECT_LT(webp(picture, 10).size(), webp(picture, 95).size());
  EXPECT_EQ(decode(bytesOf(jpeg(picture)), "made").size(), picture.size());
  EXPECT_EQ(decode(bytesOf(webp(picture)), "made").size(), picture.size());
  EXPECT_THROW(jpeg(picture, 0), std::invalid_argument);
  EXPECT_THROW(webp(picture, 101), std::invalid_argument);
}

TEST(Encode, OtherKindsAreRefused) {
  EXPECT_THROW(png({}), std::invalid_argument);
  EXPECT_THROW(png(cv::Mat(2, 2, CV_32FC1)), std::invalid_argument);
  EXPECT_THROW(webp(cv::Mat(2, 20'000, CV_8UC3)), Error);  // the format ends at 16,383
}

}  // namespace
}  // namespace fer::image
