#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "data/augment/kernels.hpp"
#include "fer/core/multiversion.hpp"

namespace fer::data::kernels {
namespace {

/// The two input positions that an output position lies between, and their weights.
struct Sample {
  int first;
  int second;
  double weight_first;
  double weight_second;
};

/// One axis of NI_GeometricTransform and get_spline_interpolation_weights in scipy/ndimage/src.
Sample sample(AxisZoom zoom, int position, int size) {
  // The product is rounded before the sum, as in numpy.dot of Keras' offset, zoom and reset matrices.
  const double offset = zoom.centre - zoom.factor * zoom.centre;
  const double coordinate = std::clamp(position * zoom.factor + offset, 0.0, static_cast<double>(size - 1));
  const double whole = std::floor(coordinate);
  const auto first = static_cast<int>(whole);
  const double weight_first = 1.0 - (coordinate - whole);
  return {first, std::min(first + 1, size - 1), weight_first, 1.0 - weight_first};
}

/// Where the columns of an output row look and with what weights; back to front where the image is mirrored.
struct Columns {
  void lookThrough(AxisZoom zoom, int width, bool flip) {
    const auto size = static_cast<std::size_t>(width);
    first.resize(size);
    second.resize(size);
    weight_first.resize(size);
    weight_second.resize(size);
    for (int c = 0; c < width; ++c) {
      const Sample s = sample(zoom, c, width);
      const auto at = static_cast<std::size_t>(flip ? width - 1 - c : c);
      first[at] = s.first;
      second[at] = s.second;
      weight_first[at] = s.weight_first;
      weight_second[at] = s.weight_second;
    }
  }

  std::vector<int> first;
  std::vector<int> second;
  std::vector<double> weight_first;
  std::vector<double> weight_second;
};

/// One input row laid out for the output's columns: the left and the right neighbour of each.
struct GatheredRow {
  void forget(std::size_t width) {
    source = nullptr;
    left.resize(width);
    right.resize(width);
  }

  void gather(const std::uint8_t* pixels, const Columns& columns) {
    if (pixels == source) return;
    source = pixels;
    for (std::size_t c = 0; c < left.size(); ++c) {
      left[c] = pixels[columns.first[c]];
      right[c] = pixels[columns.second[c]];
    }
  }

  const std::uint8_t* source = nullptr;
  std::vector<double> left;
  std::vector<double> right;
};

/// One output row, each term and sum in SciPy's order.
FER_MULTIVERSION void blend(const GatheredRow& top, const GatheredRow& bottom, const Sample& row,
                            const Columns& columns, float* out) {
  const std::size_t width = top.left.size();
  const double* top_left = top.left.data();
  const double* top_right = top.right.data();
  const double* bottom_left = bottom.left.data();
  const double* bottom_right = bottom.right.data();
  const double* weight_left = columns.weight_first.data();
  const double* weight_right = columns.weight_second.data();
  const double weight_top = row.weight_first;
  const double weight_bottom = row.weight_second;
  for (std::size_t c = 0; c < width; ++c) {
    double sum = top_left[c] * weight_top * weight_left[c];
    sum += top_right[c] * weight_top * weight_right[c];
    sum += bottom_left[c] * weight_bottom * weight_left[c];
    sum += bottom_right[c] * weight_bottom * weight_right[c];
    out[c] = static_cast<float>(sum);
  }
}

}  // namespace

void zoom(std::span<const std::uint8_t> image, ImageShape shape, AxisZoom rows, AxisZoom columns, bool flip,
          float* out) {
  const auto width = static_cast<std::size_t>(shape.width);
  const std::size_t plane = width * static_cast<std::size_t>(shape.height);
  // Kept from image to image, so that none allocates.
  thread_local Columns across;
  across.lookThrough(columns, shape.width, flip);
  // Neighbouring rows have unlike parity, so each keeps its place while the output moves down between them.
  thread_local std::array<GatheredRow, 2> gathered;
  for (GatheredRow& row : gathered) row.forget(width);
  for (std::size_t start = 0; start < image.size(); start += plane) {
    for (int r = 0; r < shape.height; ++r, out += width) {
      const Sample down = sample(rows, r, shape.height);
      GatheredRow& top = gathered[static_cast<std::size_t>(down.first % 2)];
      GatheredRow& bottom = gathered[static_cast<std::size_t>(down.second % 2)];
      top.gather(&image[start + static_cast<std::size_t>(down.first) * width], across);
      bottom.gather(&image[start + static_cast<std::size_t>(down.second) * width], across);
      blend(top, bottom, down, across, out);
    }
  }
}

void copy(std::span<const std::uint8_t> image, ImageShape shape, bool flip, float* out) {
  if (!flip) {
    std::copy(image.begin(), image.end(), out);
    return;
  }
  const auto width = static_cast<std::size_t>(shape.width);
  for (; !image.empty(); image = image.subspan(width), out += width)
    std::reverse_copy(image.begin(), image.begin() + shape.width, out);
}

}  // namespace fer::data::kernels
