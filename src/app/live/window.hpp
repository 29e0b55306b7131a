#pragma once

#include <cstddef>
#include <opencv2/core/mat.hpp>
#include <vector>

namespace fer::app {

/// A window with the newest picture of each source, side by side. In the main thread alone.
class Window {
 public:
  /// Throws Error where there is no display.
  Window(std::string title, std::size_t sources);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  void show(std::size_t source, cv::Mat picture);

  /// Draws what is new. False when the user closed the window, or pressed q or Escape.
  bool look();

 private:
  std::string title_;
  std::vector<cv::Mat> pictures_;
  cv::Size size_;  ///< of what is shown
  bool is_new_ = true;
};

/// Pictures of any sizes as tiles of one picture, row by row, each as large as its tile allows; black where there is
/// none. Throws std::invalid_argument for no picture at all.
cv::Mat tiled(const std::vector<cv::Mat>& pictures, cv::Size whole);

}  // namespace fer::app
