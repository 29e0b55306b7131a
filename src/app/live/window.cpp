#include "app/live/window.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <opencv2/highgui.hpp>
#include <opencv2/imgproc.hpp>
#include <stdexcept>
#include <utility>

#include "fer/app/live.hpp"
#include "fer/core/error.hpp"

namespace fer::app {
namespace {

const cv::Size kManySources(1280, 720);  ///< of the window; one source has its own size

}  // namespace

bool hasDisplay() {
  const auto isSet = [](const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0';
  };
  return isSet("DISPLAY") || isSet("WAYLAND_DISPLAY");
}

cv::Mat tiled(const std::vector<cv::Mat>& pictures, cv::Size whole) {
  if (pictures.empty()) throw std::invalid_argument("no pictures");
  const int columns = static_cast<int>(std::ceil(std::sqrt(static_cast<double>(pictures.size()))));
  const int rows = (static_cast<int>(pictures.size()) + columns - 1) / columns;
  const cv::Size tile(whole.width / columns, whole.height / rows);
  cv::Mat canvas(whole, CV_8UC3, cv::Scalar(0, 0, 0));
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const cv::Mat& picture = pictures[i];
    if (picture.empty()) continue;
    const double scale =
        std::min(static_cast<double>(tile.width) / picture.cols, static_cast<double>(tile.height) / picture.rows);
    const cv::Size size(std::max(1, static_cast<int>(picture.cols * scale)),
                        std::max(1, static_cast<int>(picture.rows * scale)));
    const int index = static_cast<int>(i);
    const cv::Point corner(index % columns * tile.width + (tile.width - size.width) / 2,
                           index / columns * tile.height + (tile.height - size.height) / 2);
    cv::resize(picture, canvas(cv::Rect(corner, size)), size, 0, 0, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
  }
  return canvas;
}

Window::Window(std::string title, std::size_t sources) : title_(std::move(title)), pictures_(sources) {
  if (!hasDisplay())
    throw Error(Fault::kOther, "there is no display to open a window on. Give --no-window, which prints instead.");
  cv::namedWindow(title_, cv::WINDOW_NORMAL | cv::WINDOW_KEEPRATIO | cv::WINDOW_GUI_NORMAL);
}

Window::~Window() {
  cv::destroyAllWindows();
}

void Window::show(std::size_t source, cv::Mat picture) {
  pictures_[source] = std::move(picture);
  is_new_ = true;
}

bool Window::look() {
  constexpr int kEscape = 27;
  if (std::exchange(is_new_, false)) {
    const bool is_one = pictures_.size() == 1 && !pictures_.front().empty();
    const cv::Mat picture = is_one ? pictures_.front() : tiled(pictures_, kManySources);
    if (picture.size() != std::exchange(size_, picture.size())) cv::resizeWindow(title_, size_);
    cv::imshow(title_, picture);
  }
  const int key = cv::waitKey(1) & 0xFF;
  return key != 'q' && key != kEscape && cv::getWindowProperty(title_, cv::WND_PROP_VISIBLE) >= 1;
}

}  // namespace fer::app
