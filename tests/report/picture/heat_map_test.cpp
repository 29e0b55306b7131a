#include "report/picture/heat_map.hpp"

#include <gtest/gtest.h>

#include <array>
#include <opencv2/core.hpp>
#include <stdexcept>

#include "image/same_picture.hpp"

namespace fer::report {
namespace {

// The ends of matplotlib's table of 256: (0.001462, 0.000466, 0.013866) and (0.988362, 0.998364, 0.644924).
TEST(UnderHeat, IsHalfPictureHalfInferno) {
  const std::array<float, 2> heat{0.0F, 1.0F};
  const cv::Mat grey = (cv::Mat_<std::uint8_t>(1, 2) << 200, 100);
  const cv::Mat under_grey = (cv::Mat_<cv::Vec3b>(1, 2) << cv::Vec3b(102, 100, 100), cv::Vec3b(132, 178, 176));
  EXPECT_LE(test::largestDifference(underHeat(grey, heat), under_grey), 1);
  // Red alone is 0.299 of its level in grey: 76.2.
  const cv::Mat red = (cv::Mat_<cv::Vec3b>(1, 2) << cv::Vec3b(0, 0, 255), cv::Vec3b(0, 0, 0));
  const cv::Mat under_red = (cv::Mat_<cv::Vec3b>(1, 2) << cv::Vec3b(40, 38, 38), cv::Vec3b(82, 128, 126));
  EXPECT_LE(test::largestDifference(underHeat(red, heat), under_red), 1);
  EXPECT_THROW(underHeat(cv::Mat(1, 1, CV_8UC1), heat), std::invalid_argument);
}

}  // namespace
}  // namespace fer::report
