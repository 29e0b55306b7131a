#include <algorithm>
#include <vector>

#include "data/augment/kernels.hpp"
#include "fer/core/multiversion.hpp"

namespace fer::data::kernels {
namespace {

/// A pixel and its neighbours to the right, below, and both, a byte each: one look-up brings all four. At the edges a
/// pixel is its own neighbour.
FER_MULTIVERSION void packCorners(const std::uint8_t* plane, std::size_t height, std::size_t width,
                                  std::uint32_t* corners) {
  for (std::size_t r = 0; r < height; ++r, corners += width) {
    const std::uint8_t* top = plane + r * width;
    const std::uint8_t* bottom = plane + std::min(r + 1, height - 1) * width;
    for (std::size_t c = 0; c + 1 < width; ++c)
      corners[c] = static_cast<std::uint32_t>(top[c]) | static_cast<std::uint32_t>(top[c + 1]) << 8U |
                   static_cast<std::uint32_t>(bottom[c]) << 16U | static_cast<std::uint32_t>(bottom[c + 1]) << 24U;
    const std::size_t last = width - 1;
    corners[last] = (static_cast<std::uint32_t>(top[last]) | static_cast<std::uint32_t>(bottom[last]) << 16U) * 257U;
  }
}

/// In float, in this order of operations, which train::BatchedAugmenter repeats.
FER_MULTIVERSION void sampleCorners(const std::uint32_t* corners, ImageShape input, ImageShape output, const Warp& warp,
                                    float* out) {
  const auto last_row = static_cast<float>(input.height - 1);
  const auto last_column = static_cast<float>(input.width - 1);
  const auto row_step = static_cast<float>(warp.row.by_column);
  const auto column_step = static_cast<float>(warp.column.by_column);
  const std::int32_t stride = input.width;
  const std::int32_t width = output.width;
  for (int r = 0; r < output.height; ++r, out += width) {
    const auto row_start = static_cast<float>(r * warp.row.by_row + warp.row.start);
    const auto column_start = static_cast<float>(r * warp.column.by_row + warp.column.start);
    for (std::int32_t c = 0; c < width; ++c) {
      const auto position = static_cast<float>(c);
      const float row = std::min(std::max(position * row_step + row_start, 0.0F), last_row);
      const float column = std::min(std::max(position * column_step + column_start, 0.0F), last_column);
      const auto whole_row = static_cast<std::int32_t>(row);
      const auto whole_column = static_cast<std::int32_t>(column);
      const float down = row - static_cast<float>(whole_row);
      const float right = column - static_cast<float>(whole_column);
      const std::uint32_t four = corners[whole_row * stride + whole_column];
      const auto top = static_cast<float>(static_cast<std::int32_t>(four & 255U));
      const auto top_right = static_cast<float>(static_cast<std::int32_t>(four >> 8U & 255U));
      const auto bottom = static_cast<float>(static_cast<std::int32_t>(four >> 16U & 255U));
      const auto bottom_right = static_cast<float>(static_cast<std::int32_t>(four >> 24U));
      const float upper = top + (top_right - top) * right;
      const float lower = bottom + (bottom_right - bottom) * right;
      out[c] = upper + (lower - upper) * down;
    }
  }
}

}  // namespace

void warp(std::span<const std::uint8_t> image, ImageShape input, ImageShape output, const Warp& map, float* out) {
  const auto height = static_cast<std::size_t>(input.height);
  const auto width = static_cast<std::size_t>(input.width);
  thread_local std::vector<std::uint32_t> corners;  // kept, so that no image allocates
  corners.resize(height * width);
  const std::size_t plane = static_cast<std::size_t>(output.height) * static_cast<std::size_t>(output.width);
  for (std::size_t start = 0; start < image.size(); start += height * width, out += plane) {
    packCorners(&image[start], height, width, corners.data());
    sampleCorners(corners.data(), input, output, map, out);
  }
}

}  // namespace fer::data::kernels
