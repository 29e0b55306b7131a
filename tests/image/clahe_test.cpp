#include "fer/image/clahe.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>
#include <stdexcept>

#include "image/same_picture.hpp"

namespace fer::image {
namespace {

using namespace fer::test;

cv::Mat noise(int type) {
  cv::Mat picture(48, 48, type);
  cv::RNG random(3);
  random.fill(picture, cv::RNG::UNIFORM, 40, 160);
  return picture;
}

// By hand: a level becomes 255 times the share of the tile's pixels that are no lighter.
TEST(Clahe, EqualisesATile) {
  const cv::Mat picture = (cv::Mat_<std::uint8_t>(2, 2) << 10, 20, 30, 40);
  const cv::Mat expected = (cv::Mat_<std::uint8_t>(2, 2) << 64, 128, 191, 255);
  EXPECT_EQ(largestDifference(clahe(picture, 0, 1), expected), 0);
}

// By hand, of levels 10, 10, 10, 40. A limit of 64 times the even share of 4 / 256 is one pixel a level: two of level
// 10 are cut off and given to levels 0 and 128, so that 2 of 4 are up to level 10, and 3 up to 40.
TEST(Clahe, CutsWhatALevelCountsFor) {
  const cv::Mat picture = (cv::Mat_<std::uint8_t>(2, 2) << 10, 10, 10, 40);
  EXPECT_EQ(largestDifference(clahe(picture, 0, 1), (cv::Mat_<std::uint8_t>(2, 2) << 191, 191, 191, 255)), 0);
  EXPECT_EQ(largestDifference(clahe(picture, 64, 1), (cv::Mat_<std::uint8_t>(2, 2) << 128, 128, 128, 191)), 0);
}

TEST(Clahe, HasTiles) {
  const cv::Mat picture = noise(CV_8UC1);
  EXPECT_GT(largestDifference(clahe(picture, 2, 4), clahe(picture, 2, 1)), 0);
  EXPECT_GT(largestDifference(clahe(picture, 2, 4), clahe(picture, 4, 4)), 0);
  EXPECT_EQ(clahe(picture, 2, 7).size(), picture.size()) << "seven do not divide 48";
}

// Its lightness is that of the lightness as a grey picture; of a grey in three channels all stay alike.
TEST(Clahe, OfAColourPictureIsThatOfItsLightness) {
  const cv::Mat picture = noise(CV_8UC3);
  cv::Mat lab;
  cv::Mat lightness;
  cv::cvtColor(picture, lab, cv::COLOR_BGR2Lab);
  cv::extractChannel(lab, lightness, 0);
  cv::insertChannel(clahe(lightness, 2, 4), lab, 0);
  cv::Mat expected;
  cv::cvtColor(lab, expected, cv::COLOR_Lab2BGR);
  EXPECT_EQ(largestDifference(clahe(picture, 2, 4), expected), 0);
  EXPECT_GT(largestDifference(picture, expected), 10);
  cv::Mat grey;
  cv::cvtColor(noise(CV_8UC1), grey, cv::COLOR_GRAY2BGR);
  cv::Mat planes[3];
  cv::split(clahe(grey, 2, 4), planes);
  EXPECT_LE(largestDifference(planes[0], planes[1]), 1);  // Lab's rounding
  EXPECT_LE(largestDifference(planes[2], planes[1]), 1);
}

TEST(Clahe, RefusesWhatIsNoPicture) {
  EXPECT_THROW(clahe({}, 2, 4), std::invalid_argument);
  EXPECT_THROW(clahe(cv::Mat(4, 4, CV_16UC1), 2, 4), std::invalid_argument);
  EXPECT_THROW(clahe(cv::Mat(4, 4, CV_8UC4), 2, 4), std::invalid_argument);
}

}  // namespace
}  // namespace fer::image
