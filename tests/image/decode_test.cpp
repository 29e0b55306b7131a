#include "fer/image/decode.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <opencv2/imgcodecs.hpp>

#include "image/same_picture.hpp"
#include "support/made_pictures.hpp"
#include "support/temp_folder.hpp"

namespace fer::image {
namespace {

using namespace fer::test;

cv::Mat decoded(const std::string& file) {
  return decode(bytesOf(file), "made");
}

TEST(Decode, GivesThePixelsOfEveryFormat) {
  const cv::Mat colour = smallColour();
  const cv::Mat grey = smallGrey();
  EXPECT_EQ(largestDifference(decoded(encodedAs(".png", colour)), colour), 0);
  EXPECT_EQ(largestDifference(decoded(encodedAs(".png", grey)), grey), 0);
  EXPECT_EQ(largestDifference(decoded(encodedAs(".bmp", colour)), colour), 0);
  EXPECT_EQ(largestDifference(decoded(encodedAs(".bmp", grey)), grey), 0);
  EXPECT_EQ(largestDifference(decoded(encodedAs(".webp", colour, {cv::IMWRITE_WEBP_QUALITY, 101})), colour), 0);
  const cv::Mat even(40, 30, CV_8UC3, cv::Scalar(200, 90, 30));
  EXPECT_LE(largestDifference(decoded(encodedAs(".jpg", even)), even), 2);
  EXPECT_LE(largestDifference(decoded(encodedAs(".webp", even, {cv::IMWRITE_WEBP_QUALITY, 90})), even), 4);
  const cv::Mat even_grey(40, 30, CV_8UC1, cv::Scalar(77));
  EXPECT_LE(largestDifference(decoded(encodedAs(".jpg", even_grey)), even_grey), 1);
}

TEST(Decode, ScalesSixteenBitsDownRounded) {
  const cv::Mat deep = (cv::Mat_<std::uint16_t>(1, 4) << 0, 128, 129, 65535);
  EXPECT_EQ(largestDifference(decoded(encodedAs(".png", deep)), (cv::Mat_<std::uint8_t>(1, 4) << 0, 0, 1, 255)), 0);
}

TEST(Decode, LaysWhatIsTransparentOnWhite) {
  const cv::Mat picture =
      (cv::Mat_<cv::Vec4b>(1, 3) << cv::Vec4b(10, 20, 30, 255), cv::Vec4b(10, 20, 30, 0), cv::Vec4b(0, 100, 200, 51));
  // 51 of 255 is a fifth: a fifth of the level and four fifths of 255.
  const cv::Mat expected =
      (cv::Mat_<cv::Vec3b>(1, 3) << cv::Vec3b(10, 20, 30), cv::Vec3b(255, 255, 255), cv::Vec3b(204, 224, 244));
  EXPECT_EQ(largestDifference(decoded(encodedAs(".png", picture)), expected), 0);
  EXPECT_EQ(largestDifference(decoded(encodedAs(".webp", picture, {cv::IMWRITE_WEBP_QUALITY, 101})), expected), 0);

  cv::Mat deep;
  picture.convertTo(deep, CV_16U, 257);
  EXPECT_EQ(largestDifference(decoded(encodedAs(".png", deep)), expected), 0);
}

TEST(Decode, KeepsGreyWithAlphaGrey) {
  const std::string rows("\0\x64\xFF\x64\0\x64\x33", 7);  // 100 opaque, gone, a fifth
  EXPECT_EQ(largestDifference(decoded(pngOf(3, 1, 4, rows)), (cv::Mat_<std::uint8_t>(1, 3) << 100, 255, 224)), 0);
}

TEST(Decode, DropsTheFourthChannelOfBmp) {
  std::string file = encodedAs(".bmp", cv::Mat(1, 1, CV_8UC4, cv::Scalar(1, 2, 3, 0)));
  EXPECT_EQ(largestDifference(decoded(file), cv::Mat(1, 1, CV_8UC3, cv::Scalar(1, 2, 3))), 0);
}

TEST(Decode, GoesByTheContentNotTheName) {
  const TempFolder folder;
  const std::filesystem::path path = folder / "face.jpg";
  std::ofstream(path, std::ios::binary) << encodedAs(".png", smallColour());
  EXPECT_EQ(largestDifference(readPicture(path), smallColour()), 0);
}

/// Where each corner of a picture lies when it is upright. Source: EXIF 2.32, tag Orientation.
TEST(Decode, TurnsPicturesUpright) {
  const cv::Mat stored = (cv::Mat_<std::uint8_t>(2, 3) << 1, 2, 3, 4, 5, 6);
  const cv::Mat expected[] = {
      (cv::Mat_<std::uint8_t>(2, 3) << 1, 2, 3, 4, 5, 6), (cv::Mat_<std::uint8_t>(2, 3) << 3, 2, 1, 6, 5, 4),
      (cv::Mat_<std::uint8_t>(2, 3) << 6, 5, 4, 3, 2, 1), (cv::Mat_<std::uint8_t>(2, 3) << 4, 5, 6, 1, 2, 3),
      (cv::Mat_<std::uint8_t>(3, 2) << 1, 4, 2, 5, 3, 6), (cv::Mat_<std::uint8_t>(3, 2) << 4, 1, 5, 2, 6, 3),
      (cv::Mat_<std::uint8_t>(3, 2) << 6, 3, 5, 2, 4, 1), (cv::Mat_<std::uint8_t>(3, 2) << 3, 6, 2, 5, 1, 4)};
  const std::string png = encodedAs(".png", stored);
  for (int orientation = 1; orientation <= 8; ++orientation)
    for (const bool little : {true, false})
      EXPECT_EQ(largestDifference(decoded(pngWithExif(png, exifBlock(orientation, little))), expected[orientation - 1]),
                0)
          << orientation;
}

TEST(Decode, ReadsTheOrientationOfJpegAndWebpToo) {
  const cv::Mat wide(20, 30, CV_8UC3, cv::Scalar::all(9));
  EXPECT_EQ(decoded(withExif(encodedAs(".jpg", wide), exifBlock(6))).size(), cv::Size(20, 30));
  EXPECT_EQ(decoded(webpWithExif(encodedAs(".webp", wide), exifBlock(8), wide.size())).size(), cv::Size(20, 30));
  // Not one of the eight, or no EXIF at all: as it is.
  EXPECT_EQ(decoded(withExif(encodedAs(".jpg", wide), exifBlock(9))).size(), cv::Size(30, 20));
  EXPECT_EQ(decoded(withExif(encodedAs(".jpg", wide), "II*")).size(), cv::Size(30, 20));
}

}  // namespace
}  // namespace fer::image
