#include "fer/report/picture/heat_map.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <stdexcept>

#include "report/plot/colour_scale.hpp"

namespace fer::report {
namespace {

/// Lightness L* of CIE 1976 with white at 100.
double lightness(const Colour& colour) {
  const auto linear = [](int part) {
    const double value = part / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  };
  const double y = 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
  return y > 0.008856 ? 116 * std::cbrt(y) - 16 : 903.3 * y;
}

TEST(HeatColour, GrowsEvenlyLighter) {
  double before = lightness(heatColour(0));
  EXPECT_LT(before, 1);
  for (int i = 1; i <= 20; ++i) {
    const double now = lightness(heatColour(i / 20.0));
    EXPECT_GT(now - before, 1.5) << i;
    EXPECT_LT(now - before, 8) << i;
    before = now;
  }
  EXPECT_GT(before, 95);
  EXPECT_EQ(heatColour(-1).hex(), "#000004");
  EXPECT_EQ(heatColour(2).hex(), "#fcffa4");
}

// Against entries of matplotlib's table of 256.
TEST(HeatColour, IsInferno) {
  const struct {
    int entry;
    std::array<double, 3> colour;
  } cases[] = {{0, {0.001462, 0.000466, 0.013866}},
               {51, {0.258234, 0.038571, 0.406485}},
               {102, {0.578304, 0.148039, 0.404411}},
               {204, {0.987622, 0.64532, 0.039886}},
               {255, {0.988362, 0.998364, 0.644924}}};
  for (const auto& item : cases) {
    const Colour found = heatColour(item.entry / 255.0);
    EXPECT_NEAR(found.red, 255 * item.colour[0], 1);
    EXPECT_NEAR(found.green, 255 * item.colour[1], 1);
    EXPECT_NEAR(found.blue, 255 * item.colour[2], 1);
  }
}

TEST(UnderHeat, IsHalfPictureHalfHeat) {
  const std::array<float, 2> heat{0.0F, 1.0F};
  const Picture grey = underHeat({2, 1, 1, {200, 100}}, heat);
  EXPECT_EQ(grey.channels, 3U);
  EXPECT_EQ(grey.pixels, (std::vector<std::uint8_t>{100, 100, 102, 176, 178, 132}));
  // Red alone is 0.299 of its level in grey: 76.2.
  const Picture red = underHeat({2, 1, 3, {255, 0, 0, 0, 0, 0}}, heat);
  EXPECT_EQ(red.pixels, (std::vector<std::uint8_t>{38, 38, 40, 126, 128, 82}));
  EXPECT_THROW(underHeat({1, 1, 1, {0}}, heat), std::invalid_argument);
}

}  // namespace
}  // namespace fer::report
