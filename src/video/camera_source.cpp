#include "video/camera_source.hpp"

#include <utility>

#include "fer/core/error.hpp"

namespace fer::video {
namespace {

class MatPixels : public Pixels {
 public:
  explicit MatPixels(cv::Mat picture) : picture_(std::move(picture)) {}
  cv::Size size() const override { return picture_.size(); }
  cv::Mat toPicture() const override { return picture_; }

 private:
  cv::Mat picture_;
};

}  // namespace

CameraSource::CameraSource(std::string name, const cv::VideoCapture& capture)
    : name_(std::move(name)), capture_(capture) {
  if (!capture_.isOpened())
    throw dataError(name_ +
                    ": no such camera, or another program uses it. `ls /dev/video*` lists those that there are.");
  first_ = read();
  start_ = std::chrono::steady_clock::now();
  info_.size = first_.size();
  info_.fps = capture_.get(cv::CAP_PROP_FPS);
  info_.is_live = true;
}

std::optional<Frame> CameraSource::next() {
  cv::Mat picture = first_.empty() ? read() : std::exchange(first_, cv::Mat());
  Frame frame;
  frame.index = frames_++;
  frame.time_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  frame.wall_time = std::chrono::system_clock::now();
  frame.pixels = std::make_shared<MatPixels>(std::move(picture));
  return frame;
}

cv::Mat CameraSource::read() {
  cv::Mat picture;
  if (!capture_.read(picture) || picture.empty()) throw dataError(name_ + ": gives no pictures any more.");
  return picture;
}

}  // namespace fer::video
