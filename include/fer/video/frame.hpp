#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <opencv2/core.hpp>

namespace fer::video {

/// Where the pixels of a frame are, as its source gave them. One thread at a time.
class Pixels {
 public:
  virtual ~Pixels() = default;
  virtual cv::Size size() const = 0;      ///< upright
  virtual cv::Mat toPicture() const = 0;  ///< 8 bit; blue, green, red; upright; may share memory with the source
};

/// One picture of a video or a camera. Copies share the pixels. One thread at a time.
struct Frame {
  std::int64_t index = 0;  ///< from 0, in the order of showing, without gaps
  /// Seconds. In a file: its presentation time from the container, from where the container begins; strictly
  /// increasing. Of a live source: from its first frame.
  double time_s = 0;
  std::chrono::system_clock::time_point wall_time;  ///< when it arrived
  std::shared_ptr<const Pixels> pixels;

  cv::Size size() const { return pixels->size(); }
  /// Costs a conversion each time it is called (0.2 ms for 640 x 480); frames that nobody looks at cost none.
  cv::Mat picture() const { return pixels->toPicture(); }
};

}  // namespace fer::video
