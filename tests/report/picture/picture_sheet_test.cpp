#include <gtest/gtest.h>

#include <opencv2/core.hpp>
#include <stdexcept>
#include <string>

#include "fer/image/decode.hpp"
#include "fer/image/text.hpp"
#include "fer/report/picture/sheet.hpp"
#include "support/made_pictures.hpp"

namespace fer::report {
namespace {

using SheetBytes = std::vector<std::uint8_t>;

constexpr int kMargin = 12;
constexpr int kGap = 10;

int top() {
  return kMargin + image::lineHeight(14) + 5;
}
int caption() {
  return image::lineHeight(9) + 5;
}

cv::Mat sheetOf(const ImageShape& shape, const std::vector<SheetPart>& parts, std::size_t columns) {
  return image::decode(test::bytesOf(pictureSheet(shape, parts, columns)), "sheet");
}

/// Whether something is drawn in a part of a white sheet.
bool inked(const cv::Mat& sheet, const cv::Rect& part) {
  return cv::norm(sheet(part), cv::Mat(part.size(), CV_8UC3, cv::Scalar::all(255)), cv::NORM_INF) > 100;
}

TEST(PictureSheet, PlacesEnlargedCellsInRows) {
  // 48 pixels wide: doubled to 96. Five cells in rows of two.
  std::vector<SheetBytes> images;
  for (std::uint8_t i = 0; i < 5; ++i) images.emplace_back(480, static_cast<std::uint8_t>(50 * i));
  SheetPart part;
  for (const SheetBytes& bytes : images) part.cells.push_back({bytes, ""});
  const cv::Mat sheet = sheetOf({1, 10, 48}, {part}, 2);
  const auto at = [&](int x, int y) { return sheet.at<cv::Vec3b>(y, x); };
  const auto grey = [](std::uint8_t level) { return cv::Vec3b(level, level, level); };
  const int step = 20 + caption();
  EXPECT_EQ(sheet.cols, kMargin + 96 + kGap + 96 + kMargin);
  EXPECT_EQ(at(kMargin, top()), grey(0));
  EXPECT_EQ(at(kMargin + 96 + kGap, top()), grey(50));
  EXPECT_EQ(at(kMargin + 95, top() + 2 * step + 19), grey(200));
  EXPECT_EQ(at(kMargin + 95, top() + 2 * step + 20), grey(255));    // the caption's place
  EXPECT_EQ(at(kMargin + 96 + kGap, top() + 2 * step), grey(255));  // no sixth cell
  EXPECT_EQ(sheet.rows, top() + 3 * step + kGap + kMargin);
}

TEST(PictureSheet, WritesHeadingsAndCaptionsWithinTheirCells) {
  const SheetBytes white(384, 255);
  const SheetCell cell{white, "this line is longer than its picture"};
  const cv::Mat sheet = sheetOf({1, 4, 96}, {{"A", {cell, cell}}, {"B", {}}}, 2);
  EXPECT_TRUE(inked(sheet, {kMargin, kMargin, 14, 15}));                   // the heading
  EXPECT_TRUE(inked(sheet, {kMargin, top() + 4, 96, caption()}));          // the first caption
  EXPECT_FALSE(inked(sheet, {kMargin + 96, top(), kGap, caption() + 4}));  // between the cells
  const int second = top() + 4 + caption() + kGap;
  EXPECT_TRUE(inked(sheet, {kMargin, second, 14, 15}));              // the second part
  EXPECT_TRUE(inked(sheet, {kMargin, second + 24, 96, caption()}));  // and its "none"
}

TEST(PictureSheet, PutsAnImageBesideItselfUnderItsHeat) {
  const SheetBytes bytes(96, 200);
  const std::vector<float> heat(96, 0.0F);
  const cv::Mat sheet = sheetOf({1, 2, 48}, {{"", {{bytes, "", heat}}}}, 1);
  EXPECT_EQ(sheet.cols, kMargin + 96 + kMargin);  // enlarged once
  EXPECT_EQ(sheet.at<cv::Vec3b>(top(), kMargin + 47), cv::Vec3b(200, 200, 200));
  EXPECT_NEAR(sheet.at<cv::Vec3b>(top(), kMargin + 48)[1], 100, 1);
}

TEST(PictureSheet, RefusesWhatDoesNotFit) {
  const SheetBytes one{0};
  const std::vector<float> heat{0};
  EXPECT_THROW(pictureSheet({1, 1, 2}, {{"", {{one, ""}}}}, 2), std::invalid_argument);
  EXPECT_THROW(pictureSheet({1, 1, 1}, {{"", {{one, ""}}}}, 0), std::invalid_argument);
  EXPECT_THROW(pictureSheet({1, 1, 1}, {{"", {{one, ""}, {one, "", heat}}}}, 2), std::invalid_argument);
  EXPECT_NO_THROW(pictureSheet({1, 1, 1}, {}, 1));
}

}  // namespace
}  // namespace fer::report
