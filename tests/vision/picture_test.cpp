#include "vision/picture.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>

namespace fer::vision {
namespace {

TEST(Picture, IsShrunkToItsLongestSide) {
  const cv::Mat picture(300, 4000, CV_8UC1, cv::Scalar(7));
  const cv::Mat smaller = shrunk(picture, 1000);
  EXPECT_EQ(smaller.size(), cv::Size(1000, 75));
  EXPECT_EQ(smaller.at<std::uint8_t>(40, 500), 7);
  EXPECT_EQ(pixelSize(smaller, picture), cv::Size2f(4, 4));
}

TEST(Picture, IsLeftAloneWhereItIsSmall) {
  const cv::Mat picture(300, 400, CV_8UC3);
  EXPECT_EQ(shrunk(picture, 400).data, picture.data);
}

TEST(Picture, NoSideVanishes) {
  EXPECT_EQ(shrunk(cv::Mat(1, 5000, CV_8UC1), 10).size(), cv::Size(10, 1));
}

TEST(Picture, BoxesAreRoundedAndCutAtItsEdges) {
  const cv::Size size(100, 50);
  EXPECT_EQ(onPicture({10.4F, 20.6F, 10, 10}, size), cv::Rect(10, 21, 10, 10));
  EXPECT_EQ(onPicture({-5, -5, 10, 100}, size), cv::Rect(0, 0, 5, 50));
  EXPECT_EQ(onPicture({90, 40, 1e30F, 1e30F}, size), cv::Rect(90, 40, 10, 10));
  EXPECT_EQ(onPicture({120, 0, 10, 10}, size), std::nullopt);
  EXPECT_EQ(onPicture({10, 10, 0.2F, 10}, size), std::nullopt);
}

TEST(Picture, TheLargestFaceComesFirstThenTheTopmostThenTheLeftmost) {
  std::vector<Face> faces;
  for (const cv::Rect& box : {cv::Rect(9, 9, 2, 2), cv::Rect(5, 7, 4, 1), cv::Rect(1, 7, 1, 4), cv::Rect(0, 9, 3, 3)})
    faces.push_back({box, std::nullopt, std::nullopt});
  sortBySize(faces);
  EXPECT_EQ(faces[0].box, cv::Rect(0, 9, 3, 3));
  EXPECT_EQ(faces[1].box, cv::Rect(1, 7, 1, 4));
  EXPECT_EQ(faces[2].box, cv::Rect(5, 7, 4, 1));
  EXPECT_EQ(faces[3].box, cv::Rect(9, 9, 2, 2));
}

TEST(Picture, OtherKindsAreRefused) {
  EXPECT_THROW(requirePicture({}), std::invalid_argument);
  EXPECT_THROW(requirePicture(cv::Mat(2, 2, CV_8UC4)), std::invalid_argument);
  EXPECT_THROW(requirePicture(cv::Mat(2, 2, CV_32FC1)), std::invalid_argument);
  EXPECT_NO_THROW(requirePicture(cv::Mat(2, 2, CV_8UC3)));
}

}  // namespace
}  // namespace fer::vision
