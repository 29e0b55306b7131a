#include "fer/report/picture/sheet.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <string>

#include "report/picture/bitmap_font.hpp"
#include "report/picture/draw.hpp"

namespace fer::report {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes pixelAt(const Picture& picture, std::size_t x, std::size_t y) {
  const auto first = picture.pixels.begin() + static_cast<std::ptrdiff_t>((y * picture.width + x) * picture.channels);
  return {first, first + static_cast<std::ptrdiff_t>(picture.channels)};
}

/// A part of a picture as text: '#' where something is drawn.
std::vector<std::string> drawn(const Picture& picture) {
  std::vector<std::string> rows;
  for (std::size_t y = 0; y < picture.height; ++y) {
    std::string& row = rows.emplace_back();
    for (std::size_t x = 0; x < picture.width; ++x) row += pixelAt(picture, x, y) == Bytes{31, 41, 51} ? '#' : '.';
  }
  return rows;
}

TEST(DrawText, PutsLettersInTheirPlaces) {
  Picture picture = blank(14, 10, kPicturePaper);
  drawText(picture, 1, 0, "L/", 1, kPictureInk);
  EXPECT_EQ(drawn(picture), (std::vector<std::string>{"..............",  //
                                                      ".#.........#..",  //
                                                      ".#.........#..",  //
                                                      ".#........#...",  //
                                                      ".#.......#....",  //
                                                      ".#......#.....",  //
                                                      ".#.....#......",  //
                                                      ".#####.#......",  //
                                                      "..............",  //
                                                      ".............."}));
}

TEST(DrawText, OutsideAsciiIsAQuestionMarkAndBeyondTheEdgeIsNothing) {
  Picture foreign = blank(18, 10, kPicturePaper);
  drawText(foreign, 0, 0, "aü\n", 1, kPictureInk);
  Picture question = blank(18, 10, kPicturePaper);
  drawText(question, 0, 0, "a??", 1, kPictureInk);
  EXPECT_EQ(foreign.pixels, question.pixels);
  EXPECT_EQ(drawnWidth("aü", 2), 2 * kLetterWidth * 2);
  Picture narrow = blank(3, 4, kPicturePaper);
  drawText(narrow, 0, 0, "MMM", 3, kPictureInk);
  EXPECT_EQ(narrow.pixels.size(), 3U * 4 * 3);
}

TEST(PictureSheet, PlacesEnlargedCellsInRows) {
  // 48 pixels wide: doubled to 96. Five cells in rows of two.
  std::vector<SheetCell> cells;
  for (std::uint8_t i = 0; i < 5; ++i)
    cells.push_back({{48, 10, 1, Bytes(480, static_cast<std::uint8_t>(50 * i))}, ""});
  const Picture sheet = pictureSheet({{"", cells}}, 2);
  EXPECT_EQ(sheet.channels, 3U);
  EXPECT_EQ(sheet.width, 12U + 96 + 10 + 96 + 12);
  const std::size_t top = 12 + 28;
  const std::size_t step = 20 + 16;
  EXPECT_EQ(pixelAt(sheet, 12, top), (Bytes{0, 0, 0}));
  EXPECT_EQ(pixelAt(sheet, 12 + 96 + 10, top), (Bytes{50, 50, 50}));
  EXPECT_EQ(pixelAt(sheet, 12 + 95, top + 2 * step + 19), (Bytes{200, 200, 200}));
  EXPECT_EQ(pixelAt(sheet, 12 + 95, top + 2 * step + 20), (Bytes{255, 255, 255}));  // the caption's place
  EXPECT_EQ(pixelAt(sheet, 12 + 96 + 10, top + 2 * step), (Bytes{255, 255, 255}));  // no sixth cell
  EXPECT_EQ(sheet.height, top + 3 * step + 10 + 12);
}

TEST(PictureSheet, WritesHeadingsAndCaptionsWithinTheirCells) {
  const Picture white{96, 4, 1, Bytes(384, 255)};
  const SheetCell cell{white, "this line is longer than its picture"};
  const Picture sheet = pictureSheet({{"A", {cell, cell}}, {"B", {}}}, 2);
  const std::vector<std::string> rows = drawn(sheet);
  const auto inked = [&](std::size_t from, std::size_t to, std::size_t left, std::size_t right) {
    return std::any_of(rows.begin() + static_cast<std::ptrdiff_t>(from), rows.begin() + static_cast<std::ptrdiff_t>(to),
                       [&](const std::string& row) { return row.substr(left, right - left).find('#') < row.size(); });
  };
  EXPECT_TRUE(inked(12, 32, 12, 24));             // the heading
  EXPECT_TRUE(inked(44, 56, 12, 108));            // the first caption
  EXPECT_FALSE(inked(44, 56, 108, 118));          // between the cells
  EXPECT_TRUE(inked(70, sheet.height, 12, 108));  // the second part, and its "none"
}

TEST(PictureSheet, RefusesWhatDoesNotFit) {
  const SheetCell small{{1, 1, 1, {0}}, ""};
  const SheetCell large{{2, 1, 1, {0, 0}}, ""};
  EXPECT_THROW(pictureSheet({{"", {small, large}}}, 2), std::invalid_argument);
  EXPECT_THROW(pictureSheet({{"", {small}}}, 0), std::invalid_argument);
  EXPECT_NO_THROW(pictureSheet({}, 1));
}

TEST(PictureOf, PutsPlanesBesideEachOther) {
  const Bytes planes{1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16, 21, 22, 23, 24, 25, 26};
  const Picture picture = pictureOf(planes, 3, 2, 3);
  EXPECT_EQ(picture.width, 3U);
  EXPECT_EQ(picture.height, 2U);
  EXPECT_EQ(pixelAt(picture, 2, 1), (Bytes{6, 16, 26}));
  EXPECT_THROW(pictureOf(planes, 1, 2, 3), std::invalid_argument);
}

TEST(SideBySide, KeepsBothPictures) {
  const Picture both = sideBySide({1, 2, 1, {7, 8}}, {2, 2, 3, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}});
  EXPECT_EQ(both.pixels, (Bytes{7, 7, 7, 1, 2, 3, 4, 5, 6, 8, 8, 8, 7, 8, 9, 10, 11, 12}));
  EXPECT_THROW(sideBySide({1, 1, 1, {0}}, {1, 2, 1, {0, 0}}), std::invalid_argument);
}

}  // namespace
}  // namespace fer::report
