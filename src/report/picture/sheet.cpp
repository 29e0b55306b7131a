#include "fer/report/picture/sheet.hpp"

#include <algorithm>
#include <stdexcept>

#include "report/picture/bitmap_font.hpp"
#include "report/picture/draw.hpp"

namespace fer::report {
namespace {

constexpr std::size_t kGap = 10;
constexpr std::size_t kHeadingScale = 2;
constexpr std::size_t kHeadingHeight = kLetterHeight * kHeadingScale + 8;
constexpr std::size_t kCaptionHeight = kLetterHeight + 6;

/// Where a part's cells go.
struct Grid {
  std::size_t scale = 1;
  std::size_t cell_width = 0;
  std::size_t cell_height = 0;  ///< with its caption
  std::size_t columns = 1;
  std::size_t rows = 0;

  std::size_t width() const { return columns * (cell_width + kGap) - kGap; }
  std::size_t height() const { return kHeadingHeight + std::max(rows * cell_height, kCaptionHeight) + kGap; }
};

Grid gridOf(const SheetPart& part, std::size_t columns, std::size_t cell_width) {
  if (part.cells.empty()) return {};
  const Picture& first = part.cells.front().picture;
  for (const SheetCell& cell : part.cells)
    if (cell.picture.width != first.width || cell.picture.height != first.height)
      throw std::invalid_argument("pictureSheet: the pictures differ in size");
  Grid grid;
  grid.scale = std::max<std::size_t>(1, (cell_width + first.width - 1) / first.width);
  grid.cell_width = first.width * grid.scale;
  grid.cell_height = first.height * grid.scale + kCaptionHeight;
  grid.columns = std::min(columns, part.cells.size());
  grid.rows = (part.cells.size() + grid.columns - 1) / grid.columns;
  return grid;
}

void drawCaption(Picture& sheet, std::size_t x, std::size_t y, const std::string& caption, std::size_t width) {
  std::string text = caption;
  while (drawnWidth(text, 1) > width) text.pop_back();
  drawText(sheet, x, y, text, 1, kPictureInk);
}

void drawPart(Picture& sheet, std::size_t y, const SheetPart& part, const Grid& grid) {
  drawText(sheet, kPictureMargin, y, part.heading, kHeadingScale, kPictureInk);
  y += kHeadingHeight;
  if (part.cells.empty()) drawText(sheet, kPictureMargin, y, "none", 1, kPictureInk);
  for (std::size_t i = 0; i < part.cells.size(); ++i) {
    const std::size_t left = kPictureMargin + i % grid.columns * (grid.cell_width + kGap);
    const std::size_t top = y + i / grid.columns * grid.cell_height;
    paste(sheet, left, top, part.cells[i].picture, grid.scale);
    drawCaption(sheet, left, top + grid.cell_height - kCaptionHeight + 2, part.cells[i].caption, grid.cell_width);
  }
}

}  // namespace

Picture pictureSheet(const std::vector<SheetPart>& parts, std::size_t columns, std::size_t cell_width) {
  if (columns == 0) throw std::invalid_argument("pictureSheet: no columns");
  std::vector<Grid> grids;
  std::size_t width = 1;
  std::size_t height = 2 * kPictureMargin;
  for (const SheetPart& part : parts) {
    const Grid& grid = grids.emplace_back(gridOf(part, columns, cell_width));
    width = std::max({width, part.cells.empty() ? 0 : grid.width(), drawnWidth(part.heading, kHeadingScale)});
    height += grid.height();
  }
  Picture sheet = blank(width + 2 * kPictureMargin, height, kPicturePaper);
  std::size_t y = kPictureMargin;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    drawPart(sheet, y, parts[i], grids[i]);
    y += grids[i].height();
  }
  return sheet;
}

Picture pictureOf(std::span<const std::uint8_t> planes, std::size_t channels, std::size_t height, std::size_t width) {
  const std::size_t plane = height * width;
  if (planes.size() != channels * plane) throw std::invalid_argument("pictureOf: the bytes do not fill the picture");
  Picture picture{width, height, channels, std::vector<std::uint8_t>(planes.size())};
  for (std::size_t channel = 0; channel < channels; ++channel)
    for (std::size_t i = 0; i < plane; ++i) picture.pixels[i * channels + channel] = planes[channel * plane + i];
  return picture;
}

Picture sideBySide(const Picture& left, const Picture& right) {
  if (left.height != right.height) throw std::invalid_argument("sideBySide: the pictures differ in height");
  Picture both = blank(left.width + right.width, left.height, kPicturePaper);
  paste(both, 0, 0, left, 1);
  paste(both, left.width, 0, right, 1);
  return both;
}

}  // namespace fer::report
