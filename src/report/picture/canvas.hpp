#pragma once

#include <opencv2/core.hpp>
#include <string>

#include "report/plot/colour_scale.hpp"

namespace fer::report {

constexpr Colour kPicturePaper{255, 255, 255};
constexpr Colour kPictureInk{31, 41, 51};
constexpr int kPictureMargin = 12;  ///< pixels around what is drawn
constexpr int kLetters = 9;         ///< height of capitals, in pixels

/// In OpenCV's order.
inline cv::Scalar scalar(const Colour& colour) {
  return {static_cast<double>(colour.blue), static_cast<double>(colour.green), static_cast<double>(colour.red)};
}

}  // namespace fer::report
