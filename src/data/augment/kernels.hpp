#pragma once

#include <cstdint>
#include <span>

#include "fer/data/dataset.hpp"

// The arithmetic of Augmenter, in the order of operations of SciPy, NumPy and Pillow. Private to fer::data.
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

/// The image as floats, mirrored left-right with `flip`.
void copy(std::span<const std::uint8_t> image, ImageShape shape, bool flip, float* out);

/// Keras' array_to_img(scale=True) up to its conversion to uint8: the values' lowest..highest becomes 0..255; values
/// that are all equal become 0. They must be finite and not negative.
void stretch(std::span<float> values);

/// Keras' brightness shift: truncated to uint8, then blended with black as PIL.Image.blend does it (float32, truncated,
/// clipped). The values must lie in 0..255.
void brighten(std::span<float> values, float factor);

/// values *= factor.
void scale(std::span<float> values, float factor);

}  // namespace fer::data::kernels
