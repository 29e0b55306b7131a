#include "fer/report/picture/sheet.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <stdexcept>

#include "fer/image/encode.hpp"
#include "fer/image/planes.hpp"
#include "fer/image/text.hpp"
#include "report/picture/canvas.hpp"
#include "report/picture/heat_map.hpp"

namespace fer::report {
namespace {

constexpr int kGap = 10;
constexpr int kHeadingLetters = 14;
constexpr int kBelowText = 5;

int headingHeight() {
  return image::lineHeight(kHeadingLetters) + kBelowText;
}

int captionHeight() {
  return image::lineHeight(kLetters) + kBelowText;
}

/// Where a part's cells go.
struct Grid {
  int scale = 1;
  cv::Size cell;  ///< with its caption
  int columns = 1;
  int rows = 0;

  int width() const { return columns * (cell.width + kGap) - kGap; }
  int height() const { return headingHeight() + std::max(rows * cell.height, captionHeight()) + kGap; }
};

Grid gridOf(const ImageShape& shape, const SheetPart& part, std::size_t columns, std::size_t cell_width) {
  if (part.cells.empty()) return {};
  const bool hot = !part.cells.front().heat.empty();
  for (const SheetCell& cell : part.cells)
    if (cell.heat.empty() == hot) throw std::invalid_argument("pictureSheet: maps for some cells only");
  const int width = hot ? 2 * shape.width : shape.width;
  Grid grid;
  grid.scale = std::max(1, (static_cast<int>(cell_width) + width - 1) / width);
  grid.cell = {width * grid.scale, shape.height * grid.scale + captionHeight()};
  grid.columns = static_cast<int>(std::min(columns, part.cells.size()));
  grid.rows = (static_cast<int>(part.cells.size()) + grid.columns - 1) / grid.columns;
  return grid;
}

cv::Mat pictureOfCell(const ImageShape& shape, const SheetCell& cell) {
  const cv::Mat picture = image::pictureOf(cell.image, shape);
  if (cell.heat.empty()) return image::withChannels(picture, 3);
  cv::Mat both;
  cv::hconcat(image::withChannels(picture, 3), underHeat(picture, cell.heat), both);
  return both;
}

void drawCell(cv::Mat& sheet, const cv::Rect& place, const cv::Mat& picture, const std::string& caption) {
  const int picture_height = place.height - captionHeight();
  cv::Mat target = sheet(cv::Rect(place.x, place.y, place.width, picture_height));
  cv::resize(picture, target, target.size(), 0, 0, cv::INTER_NEAREST);  // every pixel to be seen
  image::drawText(sheet, {place.x, place.y + picture_height + kBelowText},
                  image::cutToWidth(caption, kLetters, place.width), kLetters, scalar(kPictureInk));
}

void drawPart(cv::Mat& sheet, int y, const ImageShape& shape, const SheetPart& part, const Grid& grid) {
  image::drawText(sheet, {kPictureMargin, y}, part.heading, kHeadingLetters, scalar(kPictureInk));
  y += headingHeight();
  if (part.cells.empty()) image::drawText(sheet, {kPictureMargin, y}, "none", kLetters, scalar(kPictureInk));
  for (int i = 0; i < static_cast<int>(part.cells.size()); ++i) {
    const SheetCell& cell = part.cells[static_cast<std::size_t>(i)];
    const cv::Point place(kPictureMargin + i % grid.columns * (grid.cell.width + kGap),
                          y + i / grid.columns * grid.cell.height);
    drawCell(sheet, {place, grid.cell}, pictureOfCell(shape, cell), cell.caption);
  }
}

}  // namespace

bool picturesBuilt() {
  return true;
}

std::string pictureSheet(const ImageShape& shape, const std::vector<SheetPart>& parts, std::size_t columns,
                         std::size_t cell_width) {
  if (columns == 0) throw std::invalid_argument("pictureSheet: no columns");
  std::vector<Grid> grids;
  int width = 1;
  int height = 2 * kPictureMargin;
  for (const SheetPart& part : parts) {
    const Grid& grid = grids.emplace_back(gridOf(shape, part, columns, cell_width));
    width = std::max({width, part.cells.empty() ? 0 : grid.width(), image::textWidth(part.heading, kHeadingLetters)});
    height += grid.height();
  }
  cv::Mat sheet(height, width + 2 * kPictureMargin, CV_8UC3, scalar(kPicturePaper));
  int y = kPictureMargin;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    drawPart(sheet, y, shape, parts[i], grids[i]);
    y += grids[i].height();
  }
  return image::png(sheet);
}

}  // namespace fer::report
