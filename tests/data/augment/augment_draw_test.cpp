#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <vector>

#include "fer/core/random.hpp"
#include "fer/data/augment/augment.hpp"

namespace fer::data {
namespace {

const AugmentOptions kOriginal{.zoom = 0.2, .horizontal_flip = true, .brightness = {0.2, 1.2}};
constexpr std::uint32_t kSeed = 42;
constexpr std::uint32_t kDraws = 40000;

template <class Value>
std::vector<double> drawn(Value value) {
  std::vector<double> values;
  for (std::uint32_t row = 0; row < kDraws; ++row)
    values.push_back(static_cast<double>(value(drawAugmentation(kOriginal, kSeed, row % 7, row))));
  return values;
}

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  const double mean_a = mean(a);
  const double mean_b = mean(b);
  double ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - mean_a) * (b[i] - mean_b);
    aa += (a[i] - mean_a) * (a[i] - mean_a);
    bb += (b[i] - mean_b) * (b[i] - mean_b);
  }
  return ab / std::sqrt(aa * bb);
}

const auto kZoomRows = [](const Augmentation& n) { return n.zoom_rows; };
const auto kZoomColumns = [](const Augmentation& n) { return n.zoom_columns; };
const auto kFlip = [](const Augmentation& n) { return n.flip; };
const auto kBrightness = [](const Augmentation& n) { return n.brightness; };

TEST(DrawAugmentation, IsAFunctionOfItsArgumentsAlone) {
  const Augmentation first = drawAugmentation(kOriginal, kSeed, 3, 1000);
  drawAugmentation(kOriginal, kSeed, 4, 1001);
  EXPECT_EQ(drawAugmentation(kOriginal, kSeed, 3, 1000), first);
}

TEST(DrawAugmentation, SeedEpochAndRowEachChangeTheNumbers) {
  const Augmentation numbers = drawAugmentation(kOriginal, kSeed, 3, 1000);
  EXPECT_NE(drawAugmentation(kOriginal, kSeed + 1, 3, 1000).zoom_rows, numbers.zoom_rows);
  EXPECT_NE(drawAugmentation(kOriginal, kSeed, 4, 1000).zoom_rows, numbers.zoom_rows);
  EXPECT_NE(drawAugmentation(kOriginal, kSeed, 3, 1001).zoom_rows, numbers.zoom_rows);
}

// The order of the draws is part of the format of a run.
TEST(DrawAugmentation, TakesZoomRowsZoomColumnsFlipBrightnessFromTheStream) {
  for (std::uint32_t row = 0; row < 100; ++row) {
    RandomStream stream(kSeed, Purpose::kAugment, 5, row);
    const double zoom_rows = stream.uniform(0.8, 1.2);
    const double zoom_columns = stream.uniform(0.8, 1.2);
    const bool flip = stream.uniform() < 0.5F;
    const double brightness = stream.uniform(0.2, 1.2);
    const Augmentation expected{zoom_rows, zoom_columns, flip, brightness};
    EXPECT_EQ(drawAugmentation(kOriginal, kSeed, 5, row), expected) << row;
  }
}

TEST(DrawAugmentation, SwitchingOneTransformOffLeavesTheOthersNumbers) {
  AugmentOptions no_zoom = kOriginal;
  no_zoom.zoom = 0;
  AugmentOptions no_flip = kOriginal;
  no_flip.horizontal_flip = false;
  AugmentOptions no_brightness = kOriginal;
  no_brightness.brightness = {1, 1};
  for (std::uint32_t row = 0; row < 100; ++row) {
    const Augmentation all = drawAugmentation(kOriginal, kSeed, 0, row);
    EXPECT_EQ(drawAugmentation(no_zoom, kSeed, 0, row), (Augmentation{1, 1, all.flip, all.brightness}));
    EXPECT_EQ(drawAugmentation(no_flip, kSeed, 0, row),
              (Augmentation{all.zoom_rows, all.zoom_columns, false, all.brightness}));
    EXPECT_EQ(drawAugmentation(no_brightness, kSeed, 0, row),
              (Augmentation{all.zoom_rows, all.zoom_columns, all.flip, 1}));
  }
}

TEST(DrawAugmentation, NothingIsDrawnByDefault) {
  for (std::uint32_t row = 0; row < 100; ++row) EXPECT_EQ(drawAugmentation({}, kSeed, 0, row), Augmentation{});
}

TEST(DrawAugmentation, NumbersAreUniformOverTheirRanges) {
  struct Case {
    const char* name;
    std::vector<double> values;
    double low, high;
  };
  const Case table[] = {{"zoom rows", drawn(kZoomRows), 0.8, 1.2},
                        {"zoom columns", drawn(kZoomColumns), 0.8, 1.2},
                        {"brightness", drawn(kBrightness), 0.2, 1.2}};
  for (const auto& [name, values, low, high] : table) {
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    const double width = high - low;
    EXPECT_GE(*least, low) << name;
    EXPECT_LT(*most, high) << name;
    // The chance that 40,000 draws leave a thousandth of the range at an end empty is exp(-40).
    EXPECT_LT(*least, low + 0.001 * width) << name;
    EXPECT_GT(*most, high - 0.001 * width) << name;
    // Five standard errors: width / sqrt(12 n), and for a fourth of the range sqrt(3/16 / n).
    EXPECT_NEAR(mean(values), (low + high) / 2, 5 * width / std::sqrt(12.0 * kDraws)) << name;
    for (int quarter = 0; quarter < 4; ++quarter) {
      const auto within = std::count_if(values.begin(), values.end(), [start = low, width, quarter](double value) {
        return static_cast<int>((value - start) / width * 4) == quarter;
      });
      EXPECT_NEAR(static_cast<double>(within) / kDraws, 0.25, 5 * std::sqrt(3.0 / 16 / kDraws)) << name << quarter;
    }
  }
}

TEST(DrawAugmentation, HalfOfTheImagesAreFlipped) {
  EXPECT_NEAR(mean(drawn(kFlip)), 0.5, 5 * 0.5 / std::sqrt(1.0 * kDraws));
}

TEST(DrawAugmentation, NumbersAreIndependent) {
  const std::vector<std::vector<double>> values{drawn(kZoomRows), drawn(kZoomColumns), drawn(kFlip),
                                                drawn(kBrightness)};
  const double bound = 5 / std::sqrt(1.0 * kDraws);
  for (std::size_t a = 0; a < values.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b) EXPECT_LT(std::abs(correlation(values[a], values[b])), bound) << a << ", " << b;
    // Neighbouring rows.
    const std::vector<double> here(values[a].begin(), values[a].end() - 1);
    const std::vector<double> next(values[a].begin() + 1, values[a].end());
    EXPECT_LT(std::abs(correlation(here, next)), bound) << a;
  }
}

TEST(DrawAugmentation, EpochsAreIndependent) {
  std::vector<double> first, second;
  for (std::uint32_t row = 0; row < kDraws; ++row) {
    first.push_back(drawAugmentation(kOriginal, kSeed, 0, row).brightness);
    second.push_back(drawAugmentation(kOriginal, kSeed, 1, row).brightness);
  }
  EXPECT_LT(std::abs(correlation(first, second)), 5 / std::sqrt(1.0 * kDraws));
}

const AugmentOptions kEverything{.zoom = 0.2,
                                 .horizontal_flip = true,
                                 .brightness = {0.2, 1.2},
                                 .rotation = 10,
                                 .shift = 0.1,
                                 .shear = 8,
                                 .scale = {0.5, 1},
                                 .aspect = {0.75, 4.0 / 3},
                                 .crop = 40,
                                 .contrast = {0.7, 1.4},
                                 .gamma = {0.5, 2},
                                 .erasing = {.probability = 0.25}};

/// Of every row with kEverything.
std::vector<double> drawnOfAll(const std::function<double(const Augmentation&)>& value) {
  std::vector<double> values;
  values.reserve(kDraws);
  for (std::uint32_t row = 0; row < kDraws; ++row)
    values.push_back(value(drawAugmentation(kEverything, kSeed, row % 7, row)));
  return values;
}

// The order of the draws is part of the format of a run.
TEST(DrawAugmentation, TakesWhatIsBeyondKerasFromStreamsOfTheirOwn) {
  for (std::uint32_t row = 0; row < 100; ++row) {
    Augmentation expected = drawAugmentation(kOriginal, kSeed, 5, row);
    RandomStream warp(kSeed, Purpose::kAugment, 5, row, 1);
    expected.rotation = warp.uniform(-10.0, 10.0);
    expected.shear = warp.uniform(-8.0, 8.0);
    expected.shift_rows = warp.uniform(-0.1, 0.1);
    expected.shift_columns = warp.uniform(-0.1, 0.1);
    expected.scale = warp.uniform(0.5, 1.0);
    expected.aspect = std::exp(warp.uniform(std::log(0.75), std::log(4.0 / 3)));
    expected.place_rows = static_cast<double>(warp.uniform());
    expected.place_columns = static_cast<double>(warp.uniform());
    RandomStream tones(kSeed, Purpose::kAugment, 5, row, 2);
    expected.contrast = tones.uniform(0.7, 1.4);
    expected.gamma = std::exp(tones.uniform(std::log(0.5), std::log(2.0)));
    RandomStream erasing(kSeed, Purpose::kAugment, 5, row, 3);
    if (erasing.uniform() < 0.25F) {
      expected.erase_area = erasing.uniform(0.02, 0.33);
      expected.erase_aspect = std::exp(erasing.uniform(std::log(0.3), std::log(3.3)));
      expected.erase_row = static_cast<double>(erasing.uniform());
      expected.erase_column = static_cast<double>(erasing.uniform());
    }
    EXPECT_EQ(drawAugmentation(kEverything, kSeed, 5, row), expected) << row;
  }
}

TEST(DrawAugmentation, WhatIsBeyondKerasKeepsToItsRanges) {
  struct Case {
    const char* name;
    std::vector<double> values;
    double low, high;
  };
  const Case table[] = {
      {"rotation", drawnOfAll([](const auto& n) { return n.rotation; }), -10, 10},
      {"shear", drawnOfAll([](const auto& n) { return n.shear; }), -8, 8},
      {"shift rows", drawnOfAll([](const auto& n) { return n.shift_rows; }), -0.1, 0.1},
      {"shift columns", drawnOfAll([](const auto& n) { return n.shift_columns; }), -0.1, 0.1},
      {"scale", drawnOfAll([](const auto& n) { return n.scale; }), 0.5, 1},
      {"aspect", drawnOfAll([](const auto& n) { return std::log2(n.aspect); }), std::log2(0.75), -std::log2(0.75)},
      {"place rows", drawnOfAll([](const auto& n) { return n.place_rows; }), 0, 1},
      {"contrast", drawnOfAll([](const auto& n) { return n.contrast; }), 0.7, 1.4},
      {"gamma", drawnOfAll([](const auto& n) { return std::log2(n.gamma); }), -1, 1}};
  for (const auto& [name, values, low, high] : table) {
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    const double width = high - low;
    EXPECT_GE(*least, low - 1e-12) << name;
    EXPECT_LE(*most, high + 1e-12) << name;
    EXPECT_NEAR(mean(values), (low + high) / 2, 5 * width / std::sqrt(12.0 * kDraws)) << name;
    EXPECT_GT(*most - *least, 0.998 * width) << name;
  }
  EXPECT_NEAR(mean(drawnOfAll([](const auto& n) { return n.erase_area > 0 ? 1 : 0; })), 0.25,
              5 * std::sqrt(3.0 / 16 / kDraws));
}

// Source: Jordan 2024, airbench: after the first epoch each image is seen both ways in every two.
TEST(DrawAugmentation, FlipsInTurnWhereTheyAlternate) {
  AugmentOptions options = kOriginal;
  options.flip_alternating = true;
  int first = 0;
  for (std::uint32_t row = 0; row < kDraws; ++row) {
    const bool flip = drawAugmentation(options, kSeed, 0, row).flip;
    first += flip ? 1 : 0;
    for (const std::uint32_t epoch : {1U, 2U, 7U})
      EXPECT_EQ(drawAugmentation(options, kSeed, epoch, row).flip, flip != (epoch % 2 == 1)) << row;
  }
  EXPECT_NEAR(first / static_cast<double>(kDraws), 0.5, 5 * 0.5 / std::sqrt(1.0 * kDraws));
  const Augmentation chance = drawAugmentation(kOriginal, kSeed, 1, 3);
  EXPECT_EQ(drawAugmentation(options, kSeed, 1, 3).brightness, chance.brightness);
}

TEST(DrawAugmentation, TheTrivialPolicyDrawsOneOperationAnImage) {
  const AugmentOptions options{.policy = "trivial"};
  std::array<int, 7> counts{};
  for (std::uint32_t row = 0; row < kDraws; ++row) {
    const Augmentation n = drawAugmentation(options, kSeed, 0, row);
    const bool changed[] = {n.rotation != 0,      n.shear != 0,    n.shift_rows != 0,
                            n.shift_columns != 0, n.contrast != 1, n.gamma != 1};
    const auto many = std::count(std::begin(changed), std::end(changed), true);
    ASSERT_LE(many, 1) << row;
    ++counts[many == 0 ? 6 : static_cast<std::size_t>(std::find(changed, changed + 6, true) - changed)];
    EXPECT_LE(std::abs(n.rotation), 30);
    EXPECT_LE(std::abs(n.shear), 16.7);
    EXPECT_LE(std::max(std::abs(n.shift_rows), std::abs(n.shift_columns)), 0.3);
    EXPECT_LE(std::abs(n.contrast - 1), 0.9 + 1e-12);
    EXPECT_LE(std::abs(std::log2(n.gamma)), 1);
  }
  for (const int count : counts) EXPECT_NEAR(count, kDraws / 7.0, 5 * std::sqrt(kDraws * 6.0 / 49));
}

}  // namespace
}  // namespace fer::data
