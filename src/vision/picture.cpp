#include "vision/picture.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <tuple>

#include "fer/image/resize.hpp"

namespace fer::vision {
namespace {

/// From `from` to `to` of one axis, both within 0..limit. Numbers far outside are brought in before they become
/// integers.
std::pair<int, int> onAxis(float from, float to, int limit) {
  const auto pixel = [limit](float at) {
    return static_cast<int>(std::lround(std::clamp(at, 0.F, static_cast<float>(limit))));
  };
  return {pixel(from), pixel(to)};
}

}  // namespace

void requirePicture(const cv::Mat& picture) {
  if (picture.empty() || picture.dims != 2 || (picture.type() != CV_8UC1 && picture.type() != CV_8UC3))
    throw std::invalid_argument("face detection takes pictures of 8 bit and 1 or 3 channels, not empty");
}

cv::Mat shrunk(const cv::Mat& picture, int longest_side) {
  const int longest = std::max(picture.cols, picture.rows);
  if (longest <= longest_side) return picture;
  const auto side = [&](int pixels) {
    return std::max(1, static_cast<int>(std::lround(static_cast<double>(pixels) * longest_side / longest)));
  };
  return image::resized(picture, {side(picture.cols), side(picture.rows)});
}

cv::Size2f pixelSize(const cv::Mat& smaller, const cv::Mat& picture) {
  return {static_cast<float>(picture.cols) / static_cast<float>(smaller.cols),
          static_cast<float>(picture.rows) / static_cast<float>(smaller.rows)};
}

std::optional<cv::Rect> onPicture(const cv::Rect2f& box, cv::Size picture) {
  const auto [left, right] = onAxis(box.x, box.x + box.width, picture.width);
  const auto [top, bottom] = onAxis(box.y, box.y + box.height, picture.height);
  if (right <= left || bottom <= top) return std::nullopt;
  return cv::Rect(left, top, right - left, bottom - top);
}

void sortBySize(std::vector<Face>& faces) {
  const auto key = [](const Face& face) {
    return std::tuple(-static_cast<std::int64_t>(face.box.width) * face.box.height, face.box.y, face.box.x);
  };
  std::stable_sort(faces.begin(), faces.end(), [&](const Face& a, const Face& b) { return key(a) < key(b); });
}

}  // namespace fer::vision
