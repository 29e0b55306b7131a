#pragma once

#include <opencv2/core/mat.hpp>
#include <string>

namespace fer::image {

/// What grows with a picture, in pixels.
struct Pen {
  int letters;  ///< height of capitals
  int line;     ///< of a frame: half of it dark, half light
  int margin;   ///< about a label's text

  explicit Pen(cv::Size picture);
  int labelHeight() const;
};

/// A frame about a box, dark without and light within, so that it is seen on whatever lies behind, and a label above
/// it. Of a colour picture; what lies beyond its edges is left out.
void markBox(cv::Mat& picture, const Pen& pen, const cv::Rect& box, const std::string& label);

/// White letters upon black, the upper left corner as near to `corner` as the picture allows.
void drawLabel(cv::Mat& picture, const Pen& pen, cv::Point corner, const std::string& label);

}  // namespace fer::image
