#include "vision/yunet_decode.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/dnn.hpp>
#include <stdexcept>

namespace fer::vision {
namespace {

constexpr std::size_t kBoxNumbers = 4;
constexpr std::size_t kPointNumbers = 2 * std::tuple_size_v<Landmarks>;

std::size_t cellsOf(const YunetLevel& level) {
  if (level.stride < 1 || level.rows < 0 || level.columns < 0)
    throw std::invalid_argument("YuNet: a level without a size");
  const std::size_t cells = static_cast<std::size_t>(level.rows) * static_cast<std::size_t>(level.columns);
  if (level.cls.size() != cells || level.obj.size() != cells || level.bbox.size() != cells * kBoxNumbers ||
      level.kps.size() != cells * kPointNumbers)
    throw std::invalid_argument("YuNet: a level's numbers are not those of rows x columns cells");
  return cells;
}

/// NaN stays NaN.
float scoreOf(float cls, float obj) {
  return std::sqrt(std::clamp(cls, 0.F, 1.F) * std::clamp(obj, 0.F, 1.F));
}

YunetFace faceAt(const YunetLevel& level, std::size_t cell) {
  const auto columns = static_cast<std::size_t>(level.columns);
  const auto stride = static_cast<float>(level.stride);
  const cv::Point2f corner(static_cast<float>(cell % columns), static_cast<float>(cell / columns));
  const auto point = [&](std::span<const float> offset) {
    return (corner + cv::Point2f(offset[0], offset[1])) * stride;
  };
  const auto box = level.bbox.subspan(cell * kBoxNumbers, kBoxNumbers);
  const auto kps = level.kps.subspan(cell * kPointNumbers, kPointNumbers);
  YunetFace face;
  const cv::Point2f centre = point(box);
  const cv::Size2f size(std::exp(box[2]) * stride, std::exp(box[3]) * stride);
  face.box = {centre.x - size.width / 2, centre.y - size.height / 2, size.width, size.height};
  for (std::size_t i = 0; i < face.landmarks.size(); ++i) face.landmarks[i] = point(kps.subspan(2 * i, 2));
  return face;
}

bool isFinite(const YunetFace& face) {
  const cv::Rect2f& box = face.box;
  return std::isfinite(box.x) && std::isfinite(box.y) && std::isfinite(box.width) && std::isfinite(box.height) &&
         std::all_of(face.landmarks.begin(), face.landmarks.end(),
                     [](const cv::Point2f& point) { return std::isfinite(point.x) && std::isfinite(point.y); });
}

}  // namespace

std::vector<YunetFace> decodeYunet(const YunetLevel& level, float min_score) {
  std::vector<YunetFace> faces;
  const std::size_t cells = cellsOf(level);
  for (std::size_t cell = 0; cell < cells; ++cell) {
    const float score = scoreOf(level.cls[cell], level.obj[cell]);
    if (!(score >= min_score)) continue;  // NaN is no face
    YunetFace face = faceAt(level, cell);
    face.score = score;
    if (isFinite(face)) faces.push_back(face);
  }
  return faces;
}

std::vector<YunetFace> withoutOverlaps(const std::vector<YunetFace>& faces) {
  constexpr float kOverlap = 0.3F;
  constexpr int kMostFaces = 5000;
  std::vector<cv::Rect2d> boxes;
  std::vector<float> scores;
  for (const YunetFace& face : faces) {
    boxes.emplace_back(face.box);
    scores.push_back(face.score);
  }
  std::vector<int> kept;
  cv::dnn::NMSBoxes(boxes, scores, 0.F, kOverlap, kept, 1.F, kMostFaces);
  std::vector<YunetFace> result;
  result.reserve(kept.size());
  for (const int index : kept) result.push_back(faces[static_cast<std::size_t>(index)]);
  return result;
}

}  // namespace fer::vision
