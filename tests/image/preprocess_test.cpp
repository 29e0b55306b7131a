#include "fer/image/preprocess.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "fer/image/planes.hpp"
#include "fer/image/resize.hpp"
#include "image/same_picture.hpp"

namespace fer::image {
namespace {

using namespace fer::test;
using testing::Each;
using testing::ElementsAre;

data::Preprocess to(ImageShape input, double margin = 0) {
  return {input, margin, 1};
}

TEST(Resized, TakesTheMeanOfTheAreaWhereItShrinks) {
  const cv::Mat picture = (cv::Mat_<std::uint8_t>(2, 4) << 10, 20, 100, 104, 30, 40, 108, 112);
  EXPECT_EQ(largestDifference(resized(picture, {2, 1}), (cv::Mat_<std::uint8_t>(1, 2) << 25, 106)), 0);
  EXPECT_EQ(resized(picture, {4, 2}).data, picture.data);
  EXPECT_THROW(resized(picture, {0, 1}), std::invalid_argument);
  EXPECT_THROW(resized({}, {1, 1}), std::invalid_argument);
}

TEST(Resized, IsBilinearWhereItGrows) {
  // Two pixels at 0.5 and 1.5 of four: read at 0.25, 0.75, 1.25, 1.75.
  const cv::Mat picture = (cv::Mat_<std::uint8_t>(1, 2) << 0, 100);
  EXPECT_EQ(largestDifference(resized(picture, {4, 1}), (cv::Mat_<std::uint8_t>(1, 4) << 0, 25, 75, 100)), 0);
}

TEST(Planes, AreRedGreenAndBlue) {
  const cv::Mat picture = (cv::Mat_<cv::Vec3b>(1, 2) << cv::Vec3b(1, 2, 3), cv::Vec3b(4, 5, 6));
  const std::vector<std::uint8_t> planes = planesOf(picture);
  EXPECT_THAT(planes, ElementsAre(3, 6, 2, 5, 1, 4));
  EXPECT_EQ(largestDifference(pictureOf(planes, {3, 1, 2}), picture), 0);
  const cv::Mat grey = (cv::Mat_<std::uint8_t>(2, 2) << 1, 2, 3, 4);
  EXPECT_THAT(planesOf(grey(cv::Rect(1, 0, 1, 2))), ElementsAre(2, 4));  // rows apart in memory
  EXPECT_THROW(pictureOf(planes, {1, 1, 2}), std::invalid_argument);
  EXPECT_THROW(planesOf(cv::Mat(1, 1, CV_16UC1)), std::invalid_argument);
}

TEST(Planes, ColourBecomesGreyByItsWeights) {
  const cv::Mat red(1, 1, CV_8UC3, cv::Scalar(0, 0, 255));
  EXPECT_EQ(withChannels(red, 1).at<std::uint8_t>(0), 76);  // 0.299 of 255
  EXPECT_EQ(withChannels(cv::Mat(1, 1, CV_8UC1, cv::Scalar(7)), 3).at<cv::Vec3b>(0), cv::Vec3b(7, 7, 7));
  EXPECT_THROW(withChannels(red, 4), std::invalid_argument);
}

TEST(CutAbout, IsASquareAboutTheMiddleForASquareInput) {
  EXPECT_EQ(cutAbout({10, 20, 30, 30}, to({1, 48, 48})), cv::Rect(10, 20, 30, 30));
  EXPECT_EQ(cutAbout({10, 20, 30, 40}, to({1, 48, 48})), cv::Rect(5, 20, 40, 40));
  EXPECT_EQ(cutAbout({10, 20, 40, 30}, to({1, 48, 48})), cv::Rect(10, 15, 40, 40));
  // A tenth of 40 on every side of 40.
  EXPECT_EQ(cutAbout({10, 20, 30, 40}, to({1, 48, 48}, 0.1)), cv::Rect(1, 16, 48, 48));
  EXPECT_EQ(cutAbout({0, 0, 40, 40}, to({1, 48, 48}, 0.1)), cv::Rect(-4, -4, 48, 48));
}

TEST(CutAbout, HasTheInputsProportions) {
  EXPECT_EQ(cutAbout({0, 0, 40, 40}, to({1, 96, 48})), cv::Rect(0, -20, 40, 80));
  EXPECT_EQ(cutAbout({0, 0, 40, 40}, to({1, 48, 96})), cv::Rect(-20, 0, 80, 40));
}

TEST(PreprocessPicture, StretchesAFaceThatIsCutOutAlready) {
  const cv::Mat picture = (cv::Mat_<std::uint8_t>(2, 4) << 10, 20, 100, 104, 30, 40, 108, 112);
  EXPECT_THAT(preprocess(to({1, 1, 1}), picture), ElementsAre(66));  // 65.5, rounded
  EXPECT_THAT(preprocess(to({3, 1, 2}), picture), ElementsAre(25, 106, 25, 106, 25, 106));
}

TEST(PreprocessPicture, CutsTheFaceOut) {
  cv::Mat picture(100, 100, CV_8UC1, cv::Scalar(10));
  picture(cv::Rect(40, 30, 20, 20)).setTo(200);
  EXPECT_THAT(preprocess(to({1, 4, 4}), picture, cv::Rect(40, 30, 20, 20)), Each(200));
  const std::vector<std::uint8_t> wider = preprocess(to({1, 2, 2}, 0.5), picture, cv::Rect(40, 30, 20, 20));
  EXPECT_THAT(wider, Each(58));  // a quarter is face: (200 + 3 * 10) / 4 = 57.5
}

TEST(PreprocessPicture, RepeatsTheEdgeBeyondThePicture) {
  const cv::Mat picture = (cv::Mat_<std::uint8_t>(2, 2) << 10, 20, 30, 40);
  EXPECT_THAT(preprocess(to({1, 2, 2}), picture, cv::Rect(-1, -1, 2, 2)), Each(10));
  EXPECT_THAT(preprocess(to({1, 2, 2}), picture, cv::Rect(1, 0, 2, 2)), ElementsAre(20, 20, 40, 40));
  // Wholly outside once it is a square, at its left: still the picture's own pixels.
  EXPECT_THAT(preprocess(to({1, 4, 4}), picture, cv::Rect(-1, -1, 4, 4)),
              ElementsAre(10, 10, 20, 20, 10, 10, 20, 20, 30, 30, 40, 40, 30, 30, 40, 40));
}

TEST(PreprocessPicture, RefusesFacesThatAreNone) {
  const cv::Mat picture(10, 10, CV_8UC3, cv::Scalar::all(1));
  for (const cv::Rect& face : {cv::Rect(), cv::Rect(10, 0, 5, 5), cv::Rect(-5, -5, 5, 5), cv::Rect(2, 2, -3, 4),
                               cv::Rect(-1000, -1000, 5000, 5000), cv::Rect(1, 1, 2147483647, 2)})
    EXPECT_THROW(preprocess(to({1, 4, 4}), picture, face), std::invalid_argument) << face;
  EXPECT_THROW(preprocess(to({1, 4, 4}), {}), std::invalid_argument);
  EXPECT_THROW(preprocess(to({1, 4, 4}), cv::Mat(2, 2, CV_32FC1)), std::invalid_argument);
}

}  // namespace
}  // namespace fer::image
