// Numbers worked out by hand; keras_augment_test.cpp compares with Keras.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>
#include <vector>

#include "fer/core/error.hpp"
#include "fer/core/random.hpp"
#include "fer/data/augment/augment.hpp"

namespace fer::data {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;

constexpr ImageShape kStrip{1, 1, 4};  // one row of four pixels
const Preprocess kLevels{.rescale = 1.0};
const AugmentOptions kBright28{.profile = "keras-2.8", .brightness = {0.2, 1.2}};
const AugmentOptions kBright29{.profile = "keras-2.9", .brightness = {0.2, 1.2}};

std::vector<float> applied(const AugmentOptions& options, ImageShape shape, const std::vector<std::uint8_t>& image,
                           const Augmentation& numbers, const Preprocess& preprocess = kLevels) {
  std::vector<float> out(image.size());
  Augmenter(options, preprocess, shape).apply(image, numbers, out);
  return out;
}

TEST(Augmenter, LeavesAnImageAsItIsWhenNothingIsDrawn) {
  EXPECT_THAT(applied({}, kStrip, {0, 7, 200, 255}, {}), ElementsAre(0, 7, 200, 255));
}

TEST(Augmenter, FlipsEveryRowOfEveryPlane) {
  const ImageShape shape{3, 2, 2};
  EXPECT_THAT(applied({}, shape, {1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23, 24}, {.flip = true}),
              ElementsAre(2, 1, 4, 3, 12, 11, 14, 13, 22, 21, 24, 23));
}

TEST(Augmenter, FlippingTwiceGivesTheImageBack) {
  const std::vector<std::uint8_t> image{9, 8, 7, 100};
  const std::vector<float> once = applied({}, kStrip, image, {.flip = true});
  EXPECT_THAT(applied({}, kStrip, {once.begin(), once.end()}, {.flip = true}), ElementsAreArray(image));
}

TEST(Augmenter, ZoomsColumnsAboutTheProfilesCentre) {
  // Keras 2.8: centre 4/2 + 0.5 = 2.5, output c shows input 0.5 c + 1.25: 1.25, 1.75, 2.25, 2.75.
  EXPECT_THAT(applied({.profile = "keras-2.8"}, kStrip, {0, 40, 80, 160}, {.zoom_columns = 0.5}),
              ElementsAre(50, 70, 100, 140));
  // Keras 2.9 takes the columns' centre from the height: 1/2 - 0.5 = 0, so input 0.5 c: 0, 0.5, 1, 1.5.
  EXPECT_THAT(applied({.profile = "keras-2.9"}, kStrip, {0, 40, 80, 160}, {.zoom_columns = 0.5}),
              ElementsAre(0, 20, 40, 60));
  // A square image has its true centre, 4/2 - 0.5 = 1.5: input 0.5 c + 0.75: 0.75, 1.25, 1.75, 2.25.
  const std::vector<std::uint8_t> square{0, 40, 80, 160, 0, 40, 80, 160, 0, 40, 80, 160, 0, 40, 80, 160};
  const std::vector<float> zoomed = applied({.profile = "keras-2.9"}, {1, 4, 4}, square, {.zoom_columns = 0.5});
  EXPECT_THAT(std::vector<float>(zoomed.begin(), zoomed.begin() + 4), ElementsAre(30, 50, 70, 100));
}

TEST(Augmenter, ZoomsRowsByTheirOwnFactor) {
  // Centre 4/2 + 0.5 = 2.5: output r shows input row 0.5 r + 1.25.
  EXPECT_THAT(applied({.profile = "keras-2.8"}, {1, 4, 1}, {0, 40, 80, 160}, {.zoom_rows = 0.5}),
              ElementsAre(50, 70, 100, 140));
}

TEST(Augmenter, RepeatsTheEdgeWhereAShrunkPictureEnds) {
  // Factor 2 about 2.5: input 2 c - 2.5: -2.5, -0.5, 1.5, 3.5; beyond 0..3 the edge pixel stands.
  EXPECT_THAT(applied({.profile = "keras-2.8"}, kStrip, {10, 40, 80, 160}, {.zoom_columns = 2}),
              ElementsAre(10, 10, 60, 160));
}

TEST(Augmenter, FlipsAfterTheZoom) {
  EXPECT_THAT(applied({.profile = "keras-2.8"}, kStrip, {0, 40, 80, 160}, {.zoom_columns = 0.5, .flip = true}),
              ElementsAre(140, 100, 70, 50));
}

TEST(Augmenter, BrightnessMultipliesAndTruncates) {
  // 0.7 * 33 = 23.1, 0.7 * 101 = 70.7, 0.7 * 255 = 178.5.
  EXPECT_THAT(applied(kBright29, kStrip, {0, 33, 101, 255}, {.brightness = 0.7}), ElementsAre(0, 23, 70, 178));
}

TEST(Augmenter, BrightnessIsClippedAt255) {
  EXPECT_THAT(applied(kBright29, kStrip, {0, 100, 213, 255}, {.brightness = 1.2}), ElementsAre(0, 120, 255, 255));
  EXPECT_THAT(applied(kBright29, kStrip, {0, 1, 2, 255}, {.brightness = 1e30}), ElementsAre(0, 255, 255, 255));
}

TEST(Augmenter, Keras28StretchesLowestToHighestEvenAtFactorOne) {
  // (p - 50) / 100 * 255: 0, 25.5, 127.5, 255, truncated.
  EXPECT_THAT(applied(kBright28, kStrip, {50, 60, 100, 150}, {}), ElementsAre(0, 25, 127, 255));
  EXPECT_THAT(applied(kBright29, kStrip, {50, 60, 100, 150}, {}), ElementsAre(50, 60, 100, 150));
}

TEST(Augmenter, Keras28StretchesAllPlanesTogether) {
  EXPECT_THAT(applied(kBright28, {3, 1, 1}, {50, 100, 150}, {}), ElementsAre(0, 127, 255));
}

TEST(Augmenter, Keras28MakesAConstantImageBlack) {
  EXPECT_THAT(applied(kBright28, kStrip, {90, 90, 90, 90}, {.brightness = 1.1}), ElementsAre(0, 0, 0, 0));
  EXPECT_THAT(applied(kBright29, kStrip, {90, 90, 90, 90}, {.brightness = 1.1}), ElementsAre(99, 99, 99, 99));
}

TEST(Augmenter, BrightnessOneToOneIsOff) {
  EXPECT_THAT(applied({.profile = "keras-2.8"}, kStrip, {50, 60, 100, 150}, {}), ElementsAre(50, 60, 100, 150));
}

TEST(Augmenter, RescalesInFloat) {
  const auto third = static_cast<float>(1.0 / 3.0);
  EXPECT_THAT(applied({}, kStrip, {0, 1, 100, 255}, {}, {.rescale = 1.0 / 3.0}),
              ElementsAre(0.0F, third, 100.0F * third, 255.0F * third));
}

TEST(Augmenter, GivesManyThreadsWhatOneGets) {
  const ImageShape shape;
  RandomStream stream(1, Purpose::kSynth);
  std::vector<std::uint8_t> image(shape.size());
  for (std::uint8_t& pixel : image) pixel = static_cast<std::uint8_t>(stream.below(256));
  const AugmentOptions options{.zoom = 0.2, .horizontal_flip = true, .brightness = {0.2, 1.2}};
  const Augmenter augmenter(options, {}, shape);
  constexpr std::uint32_t kRows = 200;
  const auto all = [&] {
    std::vector<float> out(kRows * shape.size());
    for (std::uint32_t row = 0; row < kRows; ++row)
      augmenter.apply(image, drawAugmentation(options, 1, 0, row),
                      std::span(out).subspan(row * shape.size(), shape.size()));
    return out;
  };
  const std::vector<float> alone = all();
  std::vector<std::vector<float>> together(4);
  {
    std::vector<std::jthread> threads;
    threads.reserve(together.size());
    for (auto& out : together) threads.emplace_back([&out, &all] { out = all(); });
  }
  for (const auto& out : together) EXPECT_EQ(out, alone);
}

TEST(Augmenter, RefusesSpansOfAnotherSize) {
  const Augmenter augmenter({}, {}, kStrip);
  const std::vector<std::uint8_t> four(4), five(5);
  std::vector<float> out(4), small(3);
  EXPECT_THROW(augmenter.apply(five, {}, out), std::invalid_argument);
  EXPECT_THROW(augmenter.apply(four, {}, small), std::invalid_argument);
}

TEST(Augmenter, RefusesAnUnknownProfileAndListsTheValid) {
  try {
    const Augmenter augmenter({.profile = "keras-3"}, {}, kStrip);
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::kUsage);
    EXPECT_STREQ(error.what(), "augment.profile: unknown profile \"keras-3\"; expected keras-2.8 or keras-2.9");
  }
}

TEST(Preprocess, MultipliesEveryLevelInFloat) {
  std::vector<std::uint8_t> levels(256);
  for (std::size_t i = 0; i < levels.size(); ++i) levels[i] = static_cast<std::uint8_t>(i);
  std::vector<float> out(levels.size(), -1.0F);
  preprocess({}, levels, out);
  for (std::size_t i = 0; i < levels.size(); ++i) EXPECT_EQ(out[i], static_cast<float>(i) * (1.0F / 255.0F)) << i;
  EXPECT_EQ(out.back(), 1.0F);
}

TEST(Preprocess, EqualsAugmentationWithNothingDrawn) {
  const std::vector<std::uint8_t> image{0, 51, 102, 254};
  std::vector<float> out(image.size());
  preprocess({}, image, out);
  EXPECT_EQ(out, applied({}, kStrip, image, {}, {}));
}

TEST(Preprocess, RefusesAnOutputOfAnotherSize) {
  const std::vector<std::uint8_t> image(4);
  std::vector<float> out(5);
  EXPECT_THROW(preprocess({}, image, out), std::invalid_argument);
}

}  // namespace
}  // namespace fer::data
