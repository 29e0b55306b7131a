#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "fer/core/image_shape.hpp"

namespace fer::report {

/// Whether fer was built with OpenCV; without it what draws pictures throws Error.
bool picturesBuilt();

/// An image as datasets hold it and the line below it, which is cut where it is wider.
struct SheetCell {
  std::span<const std::uint8_t> image;  ///< C x H x W
  std::string caption;
  std::span<const float> heat = {};  ///< H x W, 0..1; the image stands beside itself under this map where there is one
};

/// Cells under a heading; without cells the sheet says "none" there.
struct SheetPart {
  std::string heading;
  std::vector<SheetCell> cells;
};

/// Parts below each other, each with its cells in rows of `columns`, enlarged until a cell is `cell_width` pixels wide
/// or a little more; on white, in colour; as the bytes of a PNG file. Under heat an image is grey, dimmed where the map
/// is 0 and glowing from violet through orange to pale yellow towards 1 (matplotlib's "inferno", whose lightness grows
/// evenly), half and half. Throws std::invalid_argument where bytes do not fill `shape`, only some cells of a part have
/// a map, and for no columns.
std::string pictureSheet(const ImageShape& shape, const std::vector<SheetPart>& parts, std::size_t columns,
                         std::size_t cell_width = 96);

/// Images side by side, without gaps, `columns` a row from the top left; cells without an image are white; as the bytes
/// of a PNG file, grey where images are. Throws std::invalid_argument where an image does not fill `shape` or there is
/// none.
std::string imageTiles(const ImageShape& shape, std::span<const std::span<const std::uint8_t>> images,
                       std::size_t columns);

}  // namespace fer::report
