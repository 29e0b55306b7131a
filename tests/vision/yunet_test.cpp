#include <gtest/gtest.h>

#include <cstdlib>
#include <opencv2/imgproc.hpp>

#include "fer/core/error.hpp"
#include "fer/vision/detector.hpp"
#include "support/drawn_pictures.hpp"

namespace fer::vision {
namespace {

using namespace fer::test;

/// These need the network, which is not part of the project: FER_YUNET=FILE.
class Yunet : public testing::Test {
 protected:
  void SetUp() override {
    if (std::getenv("FER_YUNET") == nullptr) GTEST_SKIP() << "FER_YUNET does not name YuNet's file";
    yunet_ = makeDetector({.name = "yunet"});
  }

  std::unique_ptr<Detector> yunet_;
};

TEST_F(Yunet, FindsEveryFaceTheLargestFirst) {
  const cv::Mat picture = pictureOf({600, 300}, {{3, {20, 40}, 96}, {6, {200, 60}, 200}, {9, {420, 20}, 150}});
  const auto faces = yunet_->detect(picture);
  ASSERT_EQ(faces.size(), 3U);
  EXPECT_GT(overlapOf(faces[0].box, {200, 60, 200, 200}), 0.4);
  EXPECT_GT(overlapOf(faces[1].box, {420, 20, 150, 150}), 0.3);
  EXPECT_GT(overlapOf(faces[2].box, {20, 40, 96, 96}), 0.4);
  for (const Face& face : faces) {
    EXPECT_GE(face.score.value(), kMinScore);
    EXPECT_LE(face.score.value(), 1);
    const auto [right_eye, left_eye, nose, right_mouth, left_mouth] = face.landmarks.value();
    EXPECT_LT(right_eye.x, left_eye.x);
    EXPECT_LT(left_eye.y, nose.y);
    EXPECT_LT(nose.y, right_mouth.y);
    EXPECT_TRUE(cv::Rect2f(face.box).contains(nose));
  }
}

TEST_F(Yunet, SeesGreyPicturesAsColouredOnes) {
  const cv::Mat colour = pictureOf({200, 200}, {{3, {50, 50}, 96}});
  cv::Mat grey;
  cv::cvtColor(colour, grey, cv::COLOR_BGR2GRAY);
  EXPECT_EQ(yunet_->detect(grey).at(0).box, yunet_->detect(colour).at(0).box);
}

TEST_F(Yunet, InventsNoFace) {
  for (const cv::Size size : {cv::Size(1, 1), cv::Size(5, 300), cv::Size(33, 31), cv::Size(640, 480), cv::Size(900, 9)})
    EXPECT_TRUE(yunet_->detect(pictureOf(size, {})).empty()) << size;
}

TEST_F(Yunet, FindsLargeAndSmallFacesOfALargePicture) {
  const cv::Mat picture =
      pictureOf({4000, 2000}, {{6, {100, 100}, 1800}, {6, {3000, 400}, 170}, {9, {3500, 1500}, 260}});
  const auto faces = yunet_->detect(picture);
  ASSERT_EQ(faces.size(), 3U);
  EXPECT_GT(overlapOf(faces[0].box, {100, 100, 1800, 1800}), 0.4);
  EXPECT_GT(overlapOf(faces[1].box, {3500, 1500, 260, 260}), 0.3);
  EXPECT_GT(overlapOf(faces[2].box, {3000, 400, 170, 170}), 0.3);
}

TEST_F(Yunet, AHigherScoreFindsFewer) {
  const cv::Mat picture = pictureOf({200, 200}, {{3, {50, 50}, 96}});
  EXPECT_EQ(makeDetector({.name = "yunet", .min_score = 0.5F})->detect(picture).size(), 1U);
  EXPECT_TRUE(makeDetector({.name = "yunet", .min_score = 0.99F})->detect(picture).empty());
}

TEST_F(Yunet, IsTakenWhereItsFileIs) {
  EXPECT_EQ(makeDetector({})->name(), "yunet");
}

}  // namespace
}  // namespace fer::vision
