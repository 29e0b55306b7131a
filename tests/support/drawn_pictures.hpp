#pragma once

#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <span>
#include <vector>

#include "fer/data/labels.hpp"
#include "fer/data/synth/synth.hpp"

/// Pictures of drawn faces, which detectors find as they find real ones.
namespace fer::test {

/// Grey, 48 x 48, and many: the same in every test.
inline cv::Mat drawnFace(std::uint32_t index) {
  constexpr int kSide = 48;
  static const data::Dataset kFaces = data::synthesise({40, 1, {}, data::fer2013Classes()});
  cv::Mat face(kSide, kSide, CV_8UC1);
  const auto pixels = kFaces.pixels(index);
  std::copy(pixels.begin(), pixels.end(), face.ptr());
  return face;
}

/// Where a face goes on a picture: a square.
struct DrawnFace {
  std::uint32_t index = 0;
  cv::Point corner;
  int side = 96;
};

/// A colour picture with faces upon grey.
inline cv::Mat pictureOf(cv::Size size, const std::vector<DrawnFace>& faces) {
  constexpr int kGrey = 128;
  cv::Mat picture(size, CV_8UC1, cv::Scalar(kGrey));
  for (const DrawnFace& face : faces) {
    cv::Mat place = picture(cv::Rect(face.corner, cv::Size(face.side, face.side)));
    cv::resize(drawnFace(face.index), place, place.size(), 0, 0, cv::INTER_CUBIC);
  }
  cv::cvtColor(picture, picture, cv::COLOR_GRAY2BGR);
  return picture;
}

/// Intersection over union.
inline double overlapOf(const cv::Rect& one, const cv::Rect& other) {
  const double both = (one & other).area();
  return both / (one.area() + other.area() - both);
}

}  // namespace fer::test
