#pragma once

#include "fer/video/frame.hpp"
#include "video/libav.hpp"

namespace fer::video {

/// A decoded frame, turned clockwise by `quarter_turns` times 90 degrees when it is asked for.
class AvPixels : public Pixels {
 public:
  AvPixels(AvFrame frame, int quarter_turns) : frame_(std::move(frame)), quarter_turns_(quarter_turns) {}
  cv::Size size() const override;
  cv::Mat toPicture() const override;

 private:
  AvFrame frame_;
  int quarter_turns_;  ///< 0..3
};

}  // namespace fer::video
