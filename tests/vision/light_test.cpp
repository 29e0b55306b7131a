#include "fer/vision/light.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>
#include <stdexcept>

#include "fer/core/random.hpp"
#include "support/drawn_pictures.hpp"

namespace fer::vision {
namespace {

using namespace fer::test;

TEST(Light, BrightnessIsTheMeanOfTheGrey) {
  EXPECT_DOUBLE_EQ(lightOf(cv::Mat(30, 40, CV_8UC1, cv::Scalar(100))).brightness, 100);
  EXPECT_DOUBLE_EQ(lightOf((cv::Mat_<std::uint8_t>(1, 4) << 0, 10, 20, 50)).brightness, 20);
  EXPECT_NEAR(lightOf(cv::Mat(30, 40, CV_8UC3, cv::Scalar(200, 0, 0))).brightness, 0.114 * 200, 0.5) << "blue is dark";
}

TEST(Light, LowLightIsBelowItsThreshold) {
  EXPECT_TRUE(lightOf(cv::Mat(9, 9, CV_8UC1, cv::Scalar(kLowLight - 1))).low_light);
  EXPECT_FALSE(lightOf(cv::Mat(9, 9, CV_8UC1, cv::Scalar(kLowLight))).low_light);
}

TEST(Light, SharpnessOfStripesIsAsWorkedOutByHand) {
  // Two columns dark, two bright, a difference of 1 in its own measure. Smoothed they are 1/4 and 3/4, at the picture's
  // edges 0 and 1: a variance of (46 / 16 + 2 / 4) / 48. The Laplacian is 1/2 up or down, but 1/4 beside the edges:
  // (46 / 4 + 2 / 16) / 48. The one over the other is 31/9.
  cv::Mat stripes(48, 48, CV_8UC1);
  for (int column = 0; column < stripes.cols; ++column) stripes.col(column).setTo(column % 4 < 2 ? 40 : 200);
  EXPECT_NEAR(lightOf(stripes).sharpness, 31.0 / 9, 1e-9);
}

TEST(Light, AFaceOfOneGreyIsBlurred) {
  const Light light = lightOf(cv::Mat(48, 48, CV_8UC1, cv::Scalar(128)));
  EXPECT_EQ(light.sharpness, 0);
  EXPECT_TRUE(light.blurred);
}

TEST(Light, SharpnessDependsOnNeitherSizeNorContrast) {
  const cv::Mat face = drawnFace(3);
  const double sharpness = lightOf(face).sharpness;
  cv::Mat large;
  cv::resize(face, large, {}, 4, 4, cv::INTER_NEAREST);
  EXPECT_NEAR(lightOf(large).sharpness, sharpness, 1e-6);
  cv::Mat faint;
  face.convertTo(faint, -1, 0.5, 60);
  EXPECT_NEAR(lightOf(faint).sharpness, sharpness, 0.02 * sharpness);
}

TEST(Light, BlurIsFlaggedAlsoUnderNoise) {
  for (std::uint32_t index = 0; index < 8; ++index) {
    const cv::Mat face = drawnFace(index);
    const double sharpness = lightOf(face).sharpness;
    cv::Mat blurred;
    cv::GaussianBlur(face, blurred, {0, 0}, 3);
    EXPECT_LT(lightOf(blurred).sharpness, sharpness / 5);
    EXPECT_TRUE(lightOf(blurred).blurred) << lightOf(blurred).sharpness;
    RandomStream random(index, Purpose::kDisturb);
    cv::Mat noisy = blurred.clone();
    cv::Mat1b levels = noisy;
    for (std::uint8_t& level : levels) level = cv::saturate_cast<std::uint8_t>(level + 2 * random.normal());
    EXPECT_TRUE(lightOf(noisy).blurred) << lightOf(noisy).sharpness;
  }
}

TEST(Light, RefusesWhatIsNoPicture) {
  EXPECT_THROW(lightOf(cv::Mat()), std::invalid_argument);
  EXPECT_THROW(lightOf(cv::Mat(4, 4, CV_32FC1)), std::invalid_argument);
}

}  // namespace
}  // namespace fer::vision
