#include "vision/track/motion.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace fer::vision {
namespace {

constexpr double kClose = 1e-9;

/// A face of 100 x 100 pixels whose middle is at 150, 250. In pixels its centre errs by 6, its speed by 150 a second,
/// and its acceleration by 125 a second^1.5.
Motion seenOnce() {
  return motionOf({100, 200, 100, 100});
}

TEST(Motion, OfAFaceSeenOnceIsNone) {
  const Motion motion = motionOf({10, 20, 40, 90});  // its size is 60
  EXPECT_EQ(motion.centre, cv::Point2d(30, 65));
  EXPECT_EQ(motion.speed, cv::Point2d(0, 0));
  EXPECT_NEAR(motion.centre_variance, 3.6 * 3.6, kClose);
  EXPECT_EQ(motion.covariance, 0);
  EXPECT_NEAR(motion.speed_variance, 90.0 * 90, kClose);
  EXPECT_NEAR(motion.size_variance, 0.16 * 0.16, kClose);
  const cv::Rect2d box = motion.box();
  EXPECT_NEAR(box.x, 10, kClose);
  EXPECT_NEAR(box.y, 20, kClose);
  EXPECT_NEAR(box.width, 40, kClose);
  EXPECT_NEAR(box.height, 90, kClose);
}

TEST(Motion, GoesOnAtItsSpeedAndGrowsUnsure) {
  Motion motion = seenOnce();
  motion.speed = {30, -10};
  const Motion later = after(motion, 0.2);
  EXPECT_NEAR(later.centre.x, 156, kClose);
  EXPECT_NEAR(later.centre.y, 248, kClose);
  EXPECT_EQ(later.speed, motion.speed);
  EXPECT_NEAR(later.centre_variance, 36 + 0.04 * 22500 + 0.008 * 15625 / 3, kClose);
  EXPECT_NEAR(later.covariance, 0.2 * 22500 + 0.04 * 15625 / 2, kClose);
  EXPECT_NEAR(later.speed_variance, 22500 + 0.2 * 15625, kClose);
  EXPECT_NEAR(later.size_variance, 0.0256 + 0.2 * 0.04, kClose);
}

TEST(Motion, IsTheSameInOneStepAndInTwo) {
  Motion motion = after(seenOnce(), 0.3);  // with a covariance
  motion.speed = {30, -10};
  const Motion one = after(motion, 0.7);
  const Motion two = after(after(motion, 0.3), 0.4);
  EXPECT_NEAR(one.centre.x, two.centre.x, kClose);
  EXPECT_NEAR(one.centre_variance, two.centre_variance, 1e-6);
  EXPECT_NEAR(one.covariance, two.covariance, 1e-6);
  EXPECT_NEAR(one.speed_variance, two.speed_variance, 1e-6);
}

TEST(Motion, LearnsFromWhereTheFaceWasSeen) {
  Motion expected = seenOnce();
  expected.centre_variance = 108;                                  // a gain of 108 / (108 + 36) = 3/4
  expected.covariance = 720;                                       // and of 720 / 144 = 5 a second for the speed
  expected.size_variance = 0.0256;                                 // 1/2
  const Motion known = corrected(expected, {120, 220, 100, 400});  // its middle 20 to the right and 170 further down
  EXPECT_NEAR(known.centre.x, 150 + 15, kClose);
  EXPECT_NEAR(known.centre.y, 250 + 127.5, kClose);
  EXPECT_NEAR(known.speed.x, 100, kClose);
  EXPECT_NEAR(known.speed.y, 850, kClose);
  EXPECT_NEAR(known.centre_variance, 27, kClose);
  EXPECT_NEAR(known.covariance, 180, kClose);
  EXPECT_NEAR(known.speed_variance, 22500 - 5 * 720, kClose);
  EXPECT_NEAR(known.box().width, 100, kClose);
  EXPECT_NEAR(known.box().height, 200, 1e-7);  // half the way from 100 to 400 in logarithms
  EXPECT_NEAR(known.size_variance, 0.0128, kClose);
}

TEST(Motion, IsSurprisedByDistanceInItsOwnMeasure) {
  Motion expected = seenOnce();
  expected.size_variance = 0.0144;  // with the detector's 0.0256 it is 0.04
  // The centre's variance is 36 + 36 of 100 x 100 pixels: 0.0072.
  const double least = 2 * std::log(0.0072 * 0.04);
  EXPECT_NEAR(surprise(expected, {100, 200, 100, 100}), least, kClose);
  EXPECT_NEAR(surprise(expected, {106, 208, 100, 100}), least + 0.01 / 0.0072, kClose);
  const double wider = 100 * std::exp(0.2);
  EXPECT_NEAR(surprise(expected, {150 - wider / 2, 200, wider, 100}), least + 1, kClose);
  // Who is vaguer is surprised less by what is far, and more by what is near.
  Motion vague = expected;
  vague.centre_variance = 3600;
  EXPECT_GT(surprise(vague, {100, 200, 100, 100}), least);
  EXPECT_LT(surprise(vague, {150, 200, 100, 100}), surprise(expected, {150, 200, 100, 100}));
}

}  // namespace
}  // namespace fer::vision
