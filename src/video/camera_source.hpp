#pragma once

#include <chrono>
#include <opencv2/videoio.hpp>
#include <string>

#include "fer/video/frame_source.hpp"

namespace fer::video {

/// What OpenCV's capture gives, as a live source with the times at which its pictures come.
class CameraSource : public FrameSource {
 public:
  /// `name` is for messages. Throws Error (bad data) where the capture is not open or gives no picture.
  CameraSource(std::string name, const cv::VideoCapture& capture);

  const SourceInfo& info() const override { return info_; }
  std::optional<Frame> next() override;
  std::int64_t damaged() const override { return 0; }

 private:
  cv::Mat read();

  std::string name_;
  cv::VideoCapture capture_;
  cv::Mat first_;  ///< read to learn the size, given by the first next()
  SourceInfo info_;
  std::int64_t frames_ = 0;
  std::chrono::steady_clock::time_point start_;
};

}  // namespace fer::video
