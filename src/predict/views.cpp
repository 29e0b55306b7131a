#include "fer/predict/views.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace fer::predict {
namespace {

/// Where an output pixel is read along one axis: between two pixels of the image.
struct Position {
  std::size_t first;
  std::size_t second;
  double share;  ///< of the second
};

/// `length` output pixels from `part` pixels that begin at `begin`.
std::vector<Position> positions(int begin, int part, int length, bool mirrored) {
  std::vector<Position> result;
  for (int i = 0; i < length; ++i) {
    const double at = std::clamp((i + 0.5) * part / length - 0.5, 0.0, part - 1.0);
    const int first = static_cast<int>(at);
    const int second = std::min(first + 1, part - 1);
    result.push_back({static_cast<std::size_t>(begin + first), static_cast<std::size_t>(begin + second), at - first});
  }
  if (mirrored) std::reverse(result.begin(), result.end());
  return result;
}

int partOf(int length) {
  return std::max(1, static_cast<int>(std::lround(length * 11.0 / 12)));
}

}  // namespace

std::vector<View> flipViews(ImageShape shape) {
  return {{0, 0, shape.height, shape.width, false}, {0, 0, shape.height, shape.width, true}};
}

std::vector<View> tenCropViews(ImageShape shape) {
  const int height = partOf(shape.height);
  const int width = partOf(shape.width);
  const int bottom = shape.height - height;
  const int right = shape.width - width;
  std::vector<View> views;
  for (const auto& [top, left] : {std::pair{0, 0}, {0, right}, {bottom, 0}, {bottom, right}, {bottom / 2, right / 2}})
    for (const bool mirrored : {false, true}) views.push_back({top, left, height, width, mirrored});
  return views;
}

std::vector<View> viewsOf(const std::string& name, ImageShape shape) {
  if (name == "flip") return flipViews(shape);
  if (name == "tencrop") return tenCropViews(shape);
  throw std::invalid_argument("viewsOf: no test-time augmentation is named " + name);
}

std::vector<std::uint8_t> seen(const View& view, ImageShape shape, std::span<const std::uint8_t> image) {
  const auto rows = positions(view.top, view.height, shape.height, false);
  const auto columns = positions(view.left, view.width, shape.width, view.mirrored);
  const auto width = static_cast<std::size_t>(shape.width);
  const std::size_t plane = width * static_cast<std::size_t>(shape.height);
  std::vector<std::uint8_t> result;
  result.reserve(image.size());
  for (std::size_t first = 0; first < image.size(); first += plane)
    for (const Position& row : rows) {
      const auto upper = image.subspan(first + row.first * width, width);
      const auto lower = image.subspan(first + row.second * width, width);
      const auto between = [](double one, double other, double share) { return one + (other - one) * share; };
      for (const Position& column : columns) {
        const double above = between(upper[column.first], upper[column.second], column.share);
        const double below = between(lower[column.first], lower[column.second], column.share);
        // Between grey levels, so never negative. NOLINTNEXTLINE(bugprone-incorrect-roundings)
        result.push_back(static_cast<std::uint8_t>(between(above, below, row.share) + 0.5));
      }
    }
  return result;
}

}  // namespace fer::predict
