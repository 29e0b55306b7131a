#include "fer/data/augment/geometry.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace fer::data {
namespace {

constexpr double kDegree = std::numbers::pi / 180;

/// The middle of a window of `size` pixels that lies in `whole` at `place`; in the middle of it where it is larger.
double windowCentre(double size, int whole, double place, bool whole_pixels) {
  const double room = whole - size;
  if (room < 0) return (whole - 1) / 2.0;
  const double begin = whole_pixels ? std::floor(place * (room + 1)) : place * room;
  return begin + (size - 1) / 2;
}

}  // namespace

Warp warpOf(const Augmentation& numbers, ImageShape input, ImageShape output) {
  const double scale_rows = std::sqrt(numbers.scale / numbers.aspect);
  const double scale_columns = std::sqrt(numbers.scale * numbers.aspect);
  const double factor_rows = numbers.zoom_rows * scale_rows;
  const double factor_columns = numbers.zoom_columns * scale_columns;
  const double cosine = std::cos(numbers.rotation * kDegree);
  const double sine = std::sin(numbers.rotation * kDegree);
  const double lean = std::tan(numbers.shear * kDegree);
  Warp warp;
  // First scaled, then sheared, then rotated.
  warp.row.by_row = (cosine + sine * lean) * factor_rows;
  warp.row.by_column = sine * factor_columns;
  warp.column.by_row = (cosine * lean - sine) * factor_rows;
  warp.column.by_column = cosine * factor_columns;

  const bool unscaled = numbers.scale == 1 && numbers.aspect == 1;
  const double middle_row = (output.height - 1) / 2.0 + numbers.shift_rows * output.height;
  const double middle_column = (output.width - 1) / 2.0 + numbers.shift_columns * output.width;
  const auto setStart = [&](WarpAxis& axis, double centre) {
    axis.start = centre - (axis.by_row * middle_row + axis.by_column * middle_column);
    if (!numbers.flip) return;
    axis.start += axis.by_column * (output.width - 1);
    axis.by_column = -axis.by_column;
  };
  setStart(warp.row, windowCentre(output.height * scale_rows, input.height, numbers.place_rows, unscaled));
  setStart(warp.column, windowCentre(output.width * scale_columns, input.width, numbers.place_columns, unscaled));
  return warp;
}

Box erasedBox(const Augmentation& numbers, ImageShape image) {
  if (numbers.erase_area <= 0) return {};
  const double area = numbers.erase_area * image.height * image.width;
  const auto side = [](double length, int whole) {
    return static_cast<int>(std::clamp(std::round(length), 1.0, static_cast<double>(whole)));
  };
  const auto begin = [](double place, int length, int whole) {
    return static_cast<int>(std::floor(place * (whole - length + 1)));
  };
  Box box;
  box.height = side(std::sqrt(area * numbers.erase_aspect), image.height);
  box.width = side(std::sqrt(area / numbers.erase_aspect), image.width);
  box.top = begin(numbers.erase_row, box.height, image.height);
  box.left = begin(numbers.erase_column, box.width, image.width);
  return box;
}

}  // namespace fer::data
