#include "fer/report/picture/confusion.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "report/picture/draw.hpp"
#include "report/plot/colour_scale.hpp"

namespace fer::report {
namespace {

constexpr std::size_t kCellWidth = 72;
constexpr std::size_t kCellHeight = 44;

TEST(ConfusionPicture, ColoursEachCellByItsShareOfTheTrueClass) {
  // Of class a 3 of 4 are taken for b; class b has no rows.
  const Picture picture = confusionPicture(metrics::ConfusionMatrix(2, {1, 3, 0, 0}), {"a", "b"});
  const std::size_t left = picture.width - 12 - 2 * kCellWidth;
  const std::size_t top = picture.height - 12 - 2 * kCellHeight;
  const auto corner = [&](std::size_t row, std::size_t column) {
    const std::uint8_t* pixel =
        &picture.pixels[((top + row * kCellHeight) * picture.width + left + column * kCellWidth) * 3];
    return Colour{pixel[0], pixel[1], pixel[2]}.hex();
  };
  EXPECT_EQ(corner(0, 0), sequentialColour(0.25).hex());
  EXPECT_EQ(corner(0, 1), sequentialColour(0.75).hex());
  EXPECT_EQ(corner(1, 0), sequentialColour(0).hex());
  EXPECT_EQ(corner(1, 1), sequentialColour(0).hex());
}

// The cell as it should be, beside the one that is there.
TEST(ConfusionPicture, WritesThePerCentIntoTheCell) {
  const Picture picture = confusionPicture(metrics::ConfusionMatrix(2, {1, 3, 0, 0}), {"a", "b"});
  Picture expected = blank(kCellWidth - 1, kCellHeight - 1, sequentialColour(0.75));
  drawText(expected, (kCellWidth - drawnWidth("75.0", 1)) / 2, (kCellHeight - 10) / 2, "75.0", 1, kPicturePaper);
  const std::size_t left = picture.width - 12 - kCellWidth;
  const std::size_t top = picture.height - 12 - 2 * kCellHeight;
  for (std::size_t y = 0; y < expected.height; ++y)
    for (std::size_t i = 0; i < expected.width * 3; ++i)
      ASSERT_EQ(picture.pixels[((top + y) * picture.width + left) * 3 + i], expected.pixels[y * expected.width * 3 + i])
          << y << " " << i / 3;
}

TEST(ConfusionPicture, CutsLongNamesAndRefusesMissingOnes) {
  const metrics::ConfusionMatrix two(2, {1, 0, 0, 1});
  const Picture picture = confusionPicture(two, {std::string(400, 'x'), "müde & <sad>"});
  EXPECT_LT(picture.width, 400U);
  EXPECT_THROW(confusionPicture(two, {"a"}), std::invalid_argument);
}

}  // namespace
}  // namespace fer::report
