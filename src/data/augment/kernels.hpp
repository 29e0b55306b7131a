#pragma once

#include <cstdint>
#include <span>

#include "fer/data/augment/geometry.hpp"
#include "fer/data/dataset.hpp"

// The arithmetic of Augmenter; of zoom, stretch and brighten in the order of operations of SciPy, NumPy and Pillow.
// Private to fer::data.
namespace fer::data::kernels {

/// How one axis of an image is zoomed: output position p shows input position factor * p + (centre - factor * centre).
struct AxisZoom {
  double factor = 1;
  double centre = 0;
};

/// What scipy.ndimage.affine_transform (order 1, mode nearest, float32) makes of each colour plane, then, with `flip`,
/// its left-right mirror image. `image` and `out` hold shape.size() grey levels.
void zoom(std::span<const std::uint8_t> image, ImageShape shape, AxisZoom rows, AxisZoom columns, bool flip,
          float* out);

/// Each plane looked at through `map`, bilinear, pixels at the edge repeated beyond it, in float. `out` holds
/// output.size() grey levels, 0..255.
void warp(std::span<const std::uint8_t> image, ImageShape input, ImageShape output, const Warp& map, float* out);

/// The image as floats, mirrored left-right with `flip`.
void copy(std::span<const std::uint8_t> image, ImageShape shape, bool flip, float* out);

/// Keras' array_to_img(scale=True) up to its conversion to uint8: the values' lowest..highest becomes 0..255; values
/// that are all equal become 0. They must be finite and not negative.
void stretch(std::span<float> values);

/// Keras' brightness shift: truncated to uint8, then blended with black as PIL.Image.blend does it (float32, truncated,
/// clipped). The values must lie in 0..255.
void brighten(std::span<float> values, float factor);

/// The mean of levels in 0..255, truncated to whole ones: their sum is exact in whatever order.
float meanLevel(std::span<const float> values);

/// Distances from `mean` times `factor`, clipped to 0..255.
void spread(std::span<float> values, float mean, float factor);

/// 255 * (level / 255) ^ exponent at whole levels, a straight line between two of them. The values must lie in 0..255.
void gamma(std::span<float> values, double exponent);

/// The box of each plane becomes `level`.
void fill(std::span<float> values, ImageShape shape, Box box, float level);

/// values *= factor.
void scale(std::span<float> values, float factor);

}  // namespace fer::data::kernels
