// The affine warp, tones and erased boxes: against tests/oracles/warp.py, and by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <vector>

#include "fer/data/augment/geometry.hpp"

namespace fer::data {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::Pointwise;

const Preprocess kAsLevels{.rescale = 1.0};

nlohmann::json warpFixture(const char* section) {
  std::ifstream file(FER_FIXTURES "/augment/warp.json");
  return nlohmann::json::parse(file).at(section);
}

std::vector<float> augmentedBy(const AugmentOptions& options, ImageShape shape, const std::vector<std::uint8_t>& image,
                               const Augmentation& numbers) {
  const Augmenter augmenter(options, kAsLevels, shape);
  std::vector<float> out(augmenter.outputShape().size(), -1.0F);
  augmenter.apply(image, numbers, out);
  return out;
}

Augmentation numbersFrom(const nlohmann::json& json) {
  Augmentation numbers;
  const std::pair<const char*, double*> fields[] = {
      {"zoom_rows", &numbers.zoom_rows},   {"zoom_columns", &numbers.zoom_columns},
      {"rotation", &numbers.rotation},     {"shear", &numbers.shear},
      {"shift_rows", &numbers.shift_rows}, {"shift_columns", &numbers.shift_columns},
      {"scale", &numbers.scale},           {"aspect", &numbers.aspect},
      {"place_rows", &numbers.place_rows}, {"place_columns", &numbers.place_columns}};
  for (const auto& [name, field] : fields) *field = json.value(name, *field);
  numbers.flip = json.value("flip", false);
  return numbers;
}

TEST(Warp, IsScipysAlongTheMatrixOfItsNumbers) {
  int compared = 0;
  for (const auto& one : warpFixture("warp")) {
    const AugmentOptions options{.rotation = 1, .crop = one.at("crop")};
    const auto image = one.at("image").get<std::vector<std::uint8_t>>();
    const std::vector<float> found = augmentedBy(options, {1, 9, 7}, image, numbersFrom(one.at("numbers")));
    EXPECT_THAT(found, Pointwise(testing::FloatNear(2e-3F), one.at("levels").get<std::vector<float>>())) << one;
    ++compared;
  }
  EXPECT_GT(compared, 15);
}

TEST(Tones, AreNumpys) {
  int compared = 0;
  for (const auto& one : warpFixture("tones")) {
    const AugmentOptions options{.contrast = {0, 3}, .gamma = {0.4, 3}};
    const auto image = one.at("image").get<std::vector<std::uint8_t>>();
    const std::vector<float> found =
        augmentedBy(options, {1, 4, 6}, image, {.contrast = one.at("contrast"), .gamma = one.at("gamma")});
    EXPECT_THAT(found, Pointwise(testing::FloatNear(1e-3F), one.at("levels").get<std::vector<float>>())) << one;
    ++compared;
  }
  EXPECT_GT(compared, 5);
}

// 255 * sqrt(51 / 255) = 114.04; black and white stay, even where the power is almost none.
TEST(Tones, GammaKeepsBlackAndWhite) {
  const AugmentOptions options{.gamma = {0.1, 2}};
  EXPECT_THAT(augmentedBy(options, {1, 1, 3}, {0, 51, 255}, {.gamma = 0.5}),
              ElementsAre(0, testing::FloatNear(114.0395F, 1e-3F), 255));
  EXPECT_THAT(augmentedBy(options, {1, 1, 3}, {0, 0, 255}, {.gamma = 1e-6}), ElementsAre(0, 0, 255));
}

const std::vector<std::uint8_t> kNine{1, 2, 3, 4, 5, 6, 7, 8, 9};

TEST(Warp, TurnsCounterClockwise) {
  const std::vector<float> turned = augmentedBy({.rotation = 90}, {1, 3, 3}, kNine, {.rotation = 90});
  EXPECT_THAT(turned, Pointwise(testing::FloatNear(1e-4F), std::vector<float>{3, 6, 9, 2, 5, 8, 1, 4, 7}));
}

// By 45 degrees the upper row goes a pixel to the right, the lower one to the left; edges are repeated.
TEST(Warp, LeansToTheRight) {
  const std::vector<float> leant = augmentedBy({.shear = 45}, {1, 3, 3}, kNine, {.shear = 45});
  EXPECT_THAT(leant, Pointwise(testing::FloatNear(1e-4F), std::vector<float>{1, 1, 2, 4, 5, 6, 8, 9, 9}));
}

TEST(Warp, ShiftsByAShareOfTheSide) {
  EXPECT_THAT(augmentedBy({.shift = 0.5}, {1, 1, 4}, {10, 20, 30, 40}, {.shift_columns = 0.25}),
              ElementsAre(10, 10, 20, 30));
  EXPECT_THAT(augmentedBy({.shift = 0.5}, {1, 4, 1}, {10, 20, 30, 40}, {.shift_rows = -0.5}),
              ElementsAre(30, 40, 40, 40));
}

// A fourth of the area is half of each side: windows of 2 pixels begin at place * (4 - 2) = 0.5, and 4 output pixels
// lie at 0.5 - 0.25, + 0.5 ...
TEST(Warp, ShowsAWindowAtItsPlace) {
  const std::vector<std::uint8_t> steps{0, 40, 80, 120, 0, 40, 80, 120, 0, 40, 80, 120, 0, 40, 80, 120};
  const std::vector<float> shown =
      augmentedBy({.scale = {0.25, 1}}, {1, 4, 4}, steps, {.scale = 0.25, .place_columns = 0.25});
  EXPECT_THAT(std::vector<float>(shown.begin(), shown.begin() + 4), ElementsAre(10, 30, 50, 70));
}

TEST(Warp, CropsToTheBitAtEveryPlace) {
  EXPECT_THAT(augmentedBy({.crop = 2}, {1, 3, 3}, kNine, {}), ElementsAre(1, 2, 4, 5));
  EXPECT_THAT(augmentedBy({.crop = 2}, {1, 3, 3}, kNine, {.place_rows = 0.99, .place_columns = 0.5}),
              ElementsAre(5, 6, 8, 9));
  EXPECT_THAT(augmentedBy({.crop = 2}, {1, 3, 3}, kNine, {.flip = true, .place_rows = 0.49}), ElementsAre(2, 1, 5, 4));
}

TEST(Warp, LeavesAnImageAsItIsWhereNothingIsDrawn) {
  std::vector<std::uint8_t> image(48UL * 40);
  for (std::size_t i = 0; i < image.size(); ++i) image[i] = static_cast<std::uint8_t>(i * 7);
  const AugmentOptions all{.rotation = 9, .shift = 0.1, .shear = 9, .contrast = {0.5, 1.5}, .gamma = {0.5, 2}};
  EXPECT_THAT(augmentedBy(all, {1, 48, 40}, image, {}), ElementsAreArray(image));
}

TEST(Warp, TakesEveryPlaneAlike) {
  std::vector<std::uint8_t> planes = kNine;
  planes.insert(planes.end(), kNine.begin(), kNine.end());
  planes.insert(planes.end(), kNine.begin(), kNine.end());
  const std::vector<float> one = augmentedBy({.rotation = 30}, {1, 3, 3}, kNine, {.rotation = 20});
  const std::vector<float> three = augmentedBy({.rotation = 30}, {3, 3, 3}, planes, {.rotation = 20});
  for (std::size_t i = 0; i < three.size(); ++i) EXPECT_EQ(three[i], one[i % 9]) << i;
}

// 0.5 of 16 pixels at twice the height of the width: 4 x 2; at place 0.5 of 1 row and 3 columns: row 0, column 1.
TEST(ErasedBox, HasItsAreaAspectAndPlace) {
  const auto boxOf = [](const Augmentation& numbers) {
    const Box box = erasedBox(numbers, {1, 4, 4});
    return std::vector<int>{box.top, box.left, box.height, box.width};
  };
  EXPECT_THAT(boxOf({.erase_area = 0.5, .erase_aspect = 2, .erase_row = 0.5, .erase_column = 0.5}),
              ElementsAre(0, 1, 4, 2));
  EXPECT_THAT(boxOf({.erase_area = 0.25, .erase_row = 0.99, .erase_column = 0}), ElementsAre(2, 0, 2, 2));
  EXPECT_THAT(boxOf({}), ElementsAre(0, 0, 0, 0));
  EXPECT_THAT(boxOf({.erase_area = 0.001}), ElementsAre(0, 0, 1, 1));
  EXPECT_THAT(boxOf({.erase_area = 0.5, .erase_aspect = 9}), ElementsAre(0, 0, 4, 1));  // 8.5 x 0.94 is cut
}

TEST(Augmenter, ErasesABoxOfEachPlane) {
  const Augmentation numbers{.erase_area = 1.0 / 9, .erase_row = 0.5, .erase_column = 0.99};
  EXPECT_THAT(augmentedBy({.erasing = {.probability = 1, .fill = "zero"}}, {1, 3, 3}, kNine, numbers),
              ElementsAre(1, 2, 3, 4, 5, 0, 7, 8, 9));
  EXPECT_THAT(augmentedBy({.erasing = {.probability = 1}}, {1, 3, 3}, kNine, numbers),
              ElementsAre(1, 2, 3, 4, 5, 5, 7, 8, 9));                               // the mean of 1 to 9
  EXPECT_THAT(augmentedBy({}, {1, 3, 3}, kNine, numbers), ElementsAreArray(kNine));  // off
}

// (p - 25) * 2 + 25 = 5, 25, 45; times 0.5, truncated: 2, 12, 22.
TEST(Augmenter, BrightnessComesAfterContrast) {
  const AugmentOptions options{.profile = "keras-2.9", .brightness = {0.5, 1}, .contrast = {1, 2}};
  EXPECT_THAT(augmentedBy(options, {1, 1, 3}, {15, 25, 35}, {.brightness = 0.5, .contrast = 2}),
              ElementsAre(2, 12, 22));
}

}  // namespace
}  // namespace fer::data
