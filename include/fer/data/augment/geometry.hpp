#pragma once

#include "fer/data/augment/augment.hpp"

namespace fer::data {

/// Where one axis of the input is looked at: position = by_row * row + by_column * column + start, of the output's
/// row and column, pixels' centres at whole numbers.
struct WarpAxis {
  double by_row = 0;
  double by_column = 0;
  double start = 0;
};

/// The affine map from output to input.
struct Warp {
  WarpAxis row;
  WarpAxis column;
};

/// Zoom, flip, rotation, shear, shift, scale, aspect and place of `numbers` in one map; docs/augmentation.md has the
/// formula. With none of them, and images of one shape, the identity to the bit.
Warp warpOf(const Augmentation& numbers, ImageShape input, ImageShape output);

/// Pixels of an image, a part of it.
struct Box {
  int top = 0;
  int left = 0;
  int height = 0;
  int width = 0;
};

/// What `numbers` erase of an image: nothing where the area is 0, else at least a pixel. A box longer than the image is
/// cut to it.
Box erasedBox(const Augmentation& numbers, ImageShape image);

}  // namespace fer::data
