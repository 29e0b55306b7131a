#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "fer/data/dataset.hpp"

namespace fer::predict {

/// One way to look at an image: a part of it, mirrored or not, drawn to the size of the whole. In pixels.
struct View {
  int top = 0;
  int left = 0;
  int height = 0;
  int width = 0;
  bool mirrored = false;

  bool operator==(const View&) const = default;
};

/// The whole image and its mirror image.
std::vector<View> flipViews(ImageShape shape);

/// Five parts, each followed by its mirror image: the corners top left, top right, bottom left, bottom right, and the
/// centre. A part has round(11/12) of the height and of the width: 44 x 44 of 48 x 48, one pixel at least. Source: the
/// ten crops of Krizhevsky, Sutskever and Hinton, "ImageNet classification with deep convolutional neural networks",
/// NIPS 2012 (there 224 of 256).
std::vector<View> tenCropViews(ImageShape shape);

/// The views of "flip" or "tencrop". Throws std::invalid_argument for another name.
std::vector<View> viewsOf(const std::string& name, ImageShape shape);

/// What a view shows of an image: C x H x W bytes in, as many out. With a part of h of the H rows, output row y is read
/// at (y + 0.5) h / H - 0.5 within it (columns likewise), between its pixels bilinearly, beyond its outermost ones
/// with their values, and rounded to the nearest grey level: torch.nn.functional.interpolate(mode="bilinear",
/// align_corners=False). A part as large as the image is copied to the bit.
std::vector<std::uint8_t> seen(const View& view, ImageShape shape, std::span<const std::uint8_t> image);

}  // namespace fer::predict
