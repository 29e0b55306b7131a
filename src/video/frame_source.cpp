#include "fer/video/frame_source.hpp"

#include <algorithm>
#include <cctype>

#include "fer/image/quiet_opencv.hpp"
#include "video/camera_source.hpp"
#include "video/libav_source.hpp"

namespace fer::video {

bool isAddress(const std::string& name) {
  const std::size_t end = name.find("://");
  return end != std::string::npos && end > 0 &&
         std::all_of(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(end), [](unsigned char letter) {
           return std::isalnum(letter) != 0 || letter == '+' || letter == '-' || letter == '.';
         });
}

std::string shownName(const std::string& name) {
  if (!isAddress(name)) return name;
  const std::size_t host = name.find("://") + 3;
  const std::size_t path = name.find_first_of("/?#", host);
  const std::size_t at = name.substr(0, path).rfind('@');
  return at == std::string::npos || at < host ? name : name.substr(0, host) + name.substr(at + 1);
}

std::unique_ptr<FrameSource> openVideo(const std::string& name, const SourceOptions& options) {
  return std::make_unique<LibavSource>(name, options);
}

std::unique_ptr<FrameSource> openCamera(int number) {
  const image::QuietOpenCv quiet;
  return std::make_unique<CameraSource>("camera " + std::to_string(number), cv::VideoCapture(number, cv::CAP_V4L2));
}

}  // namespace fer::video
