#pragma once

#include <opencv2/core.hpp>
#include <span>
#include <vector>

#include "fer/vision/detector.hpp"

namespace fer::vision {

/// What the network says of the cells of one stride: `rows` x `columns` cells, each `stride` pixels wide and high, row
/// by row.
struct YunetLevel {
  int stride = 8;
  int rows = 0;
  int columns = 0;
  std::span<const float> cls;   ///< one a cell: is it a face?
  std::span<const float> obj;   ///< one a cell: does the box fit?
  std::span<const float> bbox;  ///< four a cell: dx, dy, dw, dh
  std::span<const float> kps;   ///< ten a cell: five points dx, dy
};

struct YunetFace {
  cv::Rect2f box;
  float score = 0;
  Landmarks landmarks;
};

/// The cells of a level whose score is at least `min_score`, in the cells' order, in pixels of the network's input:
/// score = sqrt(cls obj), each clamped to 0..1; the box' centre is ((column + dx) stride, (row + dy) stride), its size
/// (exp(dw) stride, exp(dh) stride); landmarks lie where the centre does, with dx and dy of their own. Cells whose
/// numbers are not finite are left out. Throws std::invalid_argument where the spans do not have rows x columns cells.
/// Source: FaceDetectorYN of OpenCV 4.8 (modules/objdetect/src/face_detect.cpp), for YuNet of March 2023.
std::vector<YunetFace> decodeYunet(const YunetLevel& level, float min_score);

/// Leaves of faces whose boxes overlap (intersection over union above 0.3, OpenCV's and the authors' value) the one
/// with the best score; the best comes first. Of more than 5000 the best 5000 are looked at.
std::vector<YunetFace> withoutOverlaps(const std::vector<YunetFace>& faces);

}  // namespace fer::vision
