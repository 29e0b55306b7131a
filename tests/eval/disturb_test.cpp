#include "fer/eval/disturb/disturb.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace fer::eval {
namespace {

using testing::Each;
using testing::ElementsAre;

Face faceOf(const Pixels& pixels, ImageShape shape, std::uint32_t row = 0) {
  return {shape, pixels, row};
}

/// 48 x 48 with `channels` planes, all levels in it.
Pixels ramp(int channels) {
  Pixels pixels(static_cast<std::size_t>(channels) * 48 * 48);
  for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = static_cast<std::uint8_t>(i * 7 % 256);
  return pixels;
}

TEST(Disturb, TheCleanLevelLeavesEveryImageAsItIs) {
  for (const int channels : {1, 3}) {
    const Pixels pixels = ramp(channels);
    for (const Disturbance& one : disturbances()) {
      EXPECT_EQ(one.apply(faceOf(pixels, {channels, 48, 48}, 5), one.clean), pixels) << one.name;
      EXPECT_TRUE(std::is_sorted(one.levels.begin(), one.levels.end())) << one.name;
      EXPECT_EQ(std::count(one.levels.begin(), one.levels.end(), one.clean), 1) << one.name;
    }
  }
}

TEST(Disturb, EveryOtherLevelChangesImagesAndKeepsTheirSize) {
  const Pixels pixels = ramp(3);
  for (const Disturbance& one : disturbances())
    for (const double level : one.levels) {
      if (level == one.clean) continue;
      const Pixels found = one.apply(faceOf(pixels, {3, 48, 48}), level);
      EXPECT_EQ(found.size(), pixels.size()) << one.name << " " << level;
      EXPECT_NE(found, pixels) << one.name << " " << level;
    }
}

TEST(Disturb, BrightnessAddsAndClips) {
  const Pixels pixels{0, 100, 250};
  EXPECT_THAT(withBrightness(faceOf(pixels, {1, 1, 3}), 32), ElementsAre(32, 132, 255));
  EXPECT_THAT(withBrightness(faceOf(pixels, {1, 1, 3}), -96), ElementsAre(0, 4, 154));
}

TEST(Disturb, ContrastStretchesAboutTheMean) {
  const Pixels pixels{90, 100, 140};  // mean 110
  EXPECT_THAT(withContrast(faceOf(pixels, {1, 1, 3}), 2), ElementsAre(70, 90, 170));
  EXPECT_THAT(withContrast(faceOf(pixels, {1, 1, 3}), 0.25), ElementsAre(105, 108, 118));  // 105, 107.5, 117.5
}

TEST(Disturb, GammaIsAPowerOfTheShareOfWhite) {
  const Pixels pixels{0, 51, 255};                                                   // 51 / 255 = 0.2
  EXPECT_THAT(withGamma(faceOf(pixels, {1, 1, 3}), 2), ElementsAre(0, 10, 255));     // 255 * 0.04 = 10.2
  EXPECT_THAT(withGamma(faceOf(pixels, {1, 1, 3}), 0.5), ElementsAre(0, 114, 255));  // 255 * 0.4472 = 114.04
}

// exp(-1/2 i^2) for i = 0..3: 1, 0.60653, 0.13534, 0.01111; their sum, both sides, 2.50596.
TEST(Disturb, BlurIsAGaussianOfBothDirections) {
  Pixels pixels(std::size_t{9} * 9, 0);
  pixels[4 * 9 + 4] = 255;
  const Pixels found = blurred(faceOf(pixels, {1, 9, 9}), 1);
  const double middle = 1 / 2.50596;
  const double beside = 0.60653 / 2.50596;
  EXPECT_EQ(found[4 * 9 + 4], std::lround(255 * middle * middle));
  EXPECT_EQ(found[4 * 9 + 5], std::lround(255 * middle * beside));
  EXPECT_EQ(found[5 * 9 + 5], std::lround(255 * beside * beside));
  EXPECT_EQ(found[3 * 9 + 4], found[4 * 9 + 5]);
  EXPECT_EQ(found[0], 0);
  // Beyond the edge stands what is within: a flat image stays flat.
  EXPECT_THAT(blurred(faceOf(Pixels(25, 77), {1, 5, 5}), 3), Each(77));
}

TEST(Disturb, RotationIsAnticlockwise) {
  const Pixels pixels{1, 2, 3, 4, 5, 6, 7, 8, 9};
  EXPECT_THAT(rotated(faceOf(pixels, {1, 3, 3}), 90), ElementsAre(3, 6, 9, 2, 5, 8, 1, 4, 7));  // numpy.rot90
  EXPECT_THAT(rotated(faceOf(pixels, {1, 3, 3}), -90), ElementsAre(7, 4, 1, 8, 5, 2, 9, 6, 3));
}

TEST(Disturb, RotationReadsBetweenPixelsAndBeyondTheEdgeTheNearest) {
  // A step from black to white: at 45 degrees the centre column's upper pixel is read at (1 - 0.7071, 1 - 0.7071).
  const Pixels pixels{0, 100, 200, 0, 100, 200, 0, 100, 200};
  const Pixels found = rotated(faceOf(pixels, {1, 3, 3}), 45);
  constexpr double kStep = 100 / 64.0;  // OpenCV reads at the nearest 32nd of a pixel
  EXPECT_EQ(found[4], 100);
  EXPECT_NEAR(found[1], 100 * (1 + std::sqrt(0.5)), kStep + 0.5);  // above: comes from the right
  EXPECT_EQ(found[2], 200);                                        // 1 + 1.414 to the right: beyond the edge
}

TEST(Disturb, ShiftRepeatsTheEdge) {
  const Pixels pixels{1, 2, 3, 4, 5, 6, 7, 8, 9};
  EXPECT_THAT(shifted(faceOf(pixels, {1, 3, 3}), 1), ElementsAre(1, 1, 2, 1, 1, 2, 4, 4, 5));
  EXPECT_THAT(shifted(faceOf(pixels, {1, 3, 3}), -1), ElementsAre(5, 6, 6, 8, 9, 9, 8, 9, 9));
}

TEST(Disturb, OcclusionIsABoxAtAPlaceOfTheRowsOwn) {
  const Pixels white(std::size_t{2} * 20 * 40, 255);  // two planes
  const auto box = [&](std::uint32_t row, double share) { return occluded(faceOf(white, {2, 20, 40}, row), share); };
  const Pixels found = box(1, 0.25);
  EXPECT_EQ(std::count(found.begin(), found.end(), 0), 2 * 10 * 20);
  // A full row of the box: 20 black pixels on end, at the same place in both planes.
  const auto first = std::find(found.begin(), found.end(), 0) - found.begin();
  EXPECT_EQ(std::count(found.begin() + first, found.begin() + first + 20, 0), 20);
  EXPECT_TRUE(std::equal(found.begin(), found.begin() + 800, found.begin() + 800));
  EXPECT_EQ(box(1, 0.25), found);
  EXPECT_NE(box(2, 0.25), found);
  EXPECT_THAT(box(1, 1), Each(0));
}

TEST(Disturb, NoiseHasItsSigmaAndIsTheRowsOwn) {
  const Pixels middle(std::size_t{100} * 100, 128);
  const Pixels found = withNoise(faceOf(middle, {1, 100, 100}, 3), 16);
  const double mean = std::accumulate(found.begin(), found.end(), 0.0) / 1e4;
  double squares = 0;
  for (const std::uint8_t level : found) squares += (level - mean) * (level - mean);
  EXPECT_NEAR(mean, 128, 0.5);                     // one standard error is 0.16
  EXPECT_NEAR(std::sqrt(squares / 1e4), 16, 0.4);  // and 0.11
  EXPECT_EQ(withNoise(faceOf(middle, {1, 100, 100}, 3), 16), found);
  EXPECT_NE(withNoise(faceOf(middle, {1, 100, 100}, 4), 16), found);
}

double meanDistance(const Pixels& one, const Pixels& other) {
  double sum = 0;
  for (std::size_t i = 0; i < one.size(); ++i) sum += std::abs(one[i] - other[i]);
  return sum / static_cast<double>(one.size());
}

TEST(Disturb, JpegLosesMoreTheLowerItsQuality) {
  // Flat areas survive; a smooth ramp nearly so, in grey and in colour.
  EXPECT_THAT(asJpeg(faceOf(Pixels(std::size_t{16} * 16, 128), {1, 16, 16}), 50), Each(128));
  for (const int channels : {1, 3}) {
    Pixels smooth(static_cast<std::size_t>(channels) * 24 * 24);
    for (std::size_t i = 0; i < smooth.size(); ++i) smooth[i] = static_cast<std::uint8_t>(i % 24 * 8 + i / 576 * 20);
    const Face face = faceOf(smooth, {channels, 24, 24});
    const double good = meanDistance(asJpeg(face, 90), smooth);
    const double bad = meanDistance(asJpeg(face, 5), smooth);
    EXPECT_LT(good, 3) << channels;
    EXPECT_GT(bad, good) << channels;
  }
}

}  // namespace
}  // namespace fer::eval
