// There is no camera where tests run: a file behind OpenCV's capture stands in for one.
#include "video/camera_source.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/error_of.hpp"
#include "video/clips.hpp"

namespace fer::video {
namespace {

using ::testing::HasSubstr;

TEST(CameraSource, GivesPicturesUntilTheCameraFails) {
  CameraSource camera("camera 0", cv::VideoCapture(test::clip("b_frames.mp4")));
  EXPECT_TRUE(camera.info().is_live);
  EXPECT_EQ(camera.info().size, cv::Size(64, 48));
  double last = -1;
  for (std::int64_t i = 0; i < 25; ++i) {
    const std::optional<Frame> frame = camera.next();
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->index, i);
    EXPECT_GT(frame->time_s, last);
    last = frame->time_s;
    EXPECT_EQ(frame->picture().size(), cv::Size(64, 48));
  }
  EXPECT_THAT(test::errorOf(Fault::kData, [&] { camera.next(); }), HasSubstr("camera 0: gives no pictures any more."));
}

TEST(CameraSource, SaysThatThereIsNone) {
  EXPECT_THAT(test::errorOf(Fault::kData, [] { openCamera(99); }), HasSubstr("camera 99: no such camera"));
}

}  // namespace
}  // namespace fer::video
