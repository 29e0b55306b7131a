#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "fer/report/picture/picture.hpp"

namespace fer::report {

/// A picture and the line below it, which is cut where it is wider than the picture.
struct SheetCell {
  Picture picture;
  std::string caption;
};

/// Cells under a heading; without cells the sheet says "none" there.
struct SheetPart {
  std::string heading;
  std::vector<SheetCell> cells;
};

/// Parts below each other, each with its cells in rows of `columns`, enlarged until a cell is `cell_width` pixels wide
/// or a little more; on white, in colour. All pictures of a part have the same size. Throws std::invalid_argument where
/// one does not, and for no columns.
Picture pictureSheet(const std::vector<SheetPart>& parts, std::size_t columns, std::size_t cell_width = 96);

/// Bytes as datasets hold them, C x H x W, as a picture of 1 or 3 channels. Throws std::invalid_argument where the
/// bytes do not fill it.
Picture pictureOf(std::span<const std::uint8_t> planes, std::size_t channels, std::size_t height, std::size_t width);

/// Two pictures of the same height as one; in colour. Throws std::invalid_argument where the heights differ.
Picture sideBySide(const Picture& left, const Picture& right);

}  // namespace fer::report
