#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

#include "fer/image/decode.hpp"
#include "fer/report/picture/sheet.hpp"
#include "image/same_picture.hpp"
#include "support/made_pictures.hpp"

namespace fer::report {
namespace {

using namespace fer::test;
using TileBytes = std::vector<std::uint8_t>;

cv::Mat tilesOf(const ImageShape& shape, const std::vector<TileBytes>& images, std::size_t columns) {
  const std::vector<std::span<const std::uint8_t>> spans(images.begin(), images.end());
  return image::decode(bytesOf(imageTiles(shape, spans, columns)), "tiles");
}

TEST(ImageTiles, AreLaidOutInRowsWithWhiteCellsAtTheEnd) {
  const cv::Mat expected = (cv::Mat_<std::uint8_t>(4, 4) << 1, 2, 5, 6, 3, 4, 7, 8, 9, 10, 255, 255, 11, 12, 255, 255);
  EXPECT_EQ(largestDifference(tilesOf({1, 2, 2}, {{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, 12}}, 2), expected), 0);
}

TEST(ImageTiles, ShowColours) {
  // Red 1, 2; green 11, 12; blue 21, 22.
  const cv::Mat expected = (cv::Mat_<cv::Vec3b>(1, 2) << cv::Vec3b(21, 11, 1), cv::Vec3b(22, 12, 2));
  EXPECT_EQ(largestDifference(tilesOf({3, 1, 2}, {{1, 2, 11, 12, 21, 22}}, 1), expected), 0);
}

TEST(ImageTiles, RefuseImagesOfOtherSizes) {
  EXPECT_THROW(tilesOf({1, 1, 2}, {{1, 2, 3}}, 2), std::invalid_argument);
  EXPECT_THROW(tilesOf({1, 1, 2}, {}, 2), std::invalid_argument);
  EXPECT_THROW(tilesOf({1, 1, 2}, {{1, 2}}, 0), std::invalid_argument);
}

}  // namespace
}  // namespace fer::report
