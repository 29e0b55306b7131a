#include "fer/data/augment/equalised.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "fer/core/config/config.hpp"
#include "fer/core/random.hpp"
#include "support/error_of.hpp"
#include "support/inverted.hpp"

namespace fer::data {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const AugmentOptions kVaried{.zoom = 0.2,
                             .horizontal_flip = true,
                             .rotation = 10,
                             .contrast = {0.7, 1.4},
                             .erasing = {.probability = 0.25},
                             .policy = "trivial"};

AugmentOptions withClahe(AugmentOptions options, double probability) {
  options.clahe.probability = probability;
  return options;
}

TEST(Clahe, IsDrawnForItsShareOfTheImages) {
  constexpr std::uint32_t kRows = 10000;
  const auto share = [](double probability, std::uint32_t epoch) {
    std::uint32_t count = 0;
    for (std::uint32_t row = 0; row < kRows; ++row)
      count += drawAugmentation(withClahe({}, probability), 42, epoch, row).equalised ? 1U : 0U;
    return static_cast<double>(count) / kRows;
  };
  EXPECT_EQ(share(0, 0), 0);
  EXPECT_EQ(share(1, 0), 1);
  EXPECT_NEAR(share(0.5, 0), 0.5, 5 * 0.5 / std::sqrt(1.0 * kRows));  // five standard errors
  EXPECT_NEAR(share(0.1, 3), 0.1, 5 * 0.3 / std::sqrt(1.0 * kRows));
}

// By the numbers of part 6, which is part of the format of a run; those of the other parts are what they were.
TEST(Clahe, IsDrawnInAPartOfItsOwn) {
  for (std::uint32_t row = 0; row < 200; ++row) {
    Augmentation expected = drawAugmentation(kVaried, 42, 5, row);
    EXPECT_FALSE(expected.equalised);
    expected.equalised = RandomStream(42, Purpose::kAugment, 5, row, 6).uniform() < 0.5F;
    EXPECT_EQ(drawAugmentation(withClahe(kVaried, 0.5), 42, 5, row), expected) << row;
  }
}

Dataset threeImages() {
  return {{1, 1, 2}, {"a", "b"}, {{1, 2, 3, 4, 5, 6}, {0, 1, 0}, {kNoPart, kNoPart, kNoPart}, {7, 8, 9}}};
}

TEST(Equalised, AreTheRowsListedInTheirPlaces) {
  const std::vector<std::uint32_t> rows{2, 0};
  EXPECT_THAT(equalised(threeImages(), rows, {.tiles = 1}, &test::invertInto), ElementsAre(254, 253, 0, 0, 250, 249));
}

TEST(Equalised, GoByTheOptions) {
  const std::vector<std::uint32_t> rows{1};
  const Equaliser told = [](std::span<const std::uint8_t>, ImageShape shape, const ClaheOptions& options,
                            std::span<std::uint8_t> out) {
    EXPECT_EQ(shape, (ImageShape{1, 1, 2}));
    out[0] = static_cast<std::uint8_t>(options.clip_limit);
    out[1] = static_cast<std::uint8_t>(options.tiles);
  };
  EXPECT_THAT(equalised(threeImages(), rows, {.clip_limit = 9, .tiles = 1}, told), ElementsAre(0, 0, 9, 1, 0, 0));
  EXPECT_EQ(test::errorOf(Fault::kUsage, [&] { equalised(threeImages(), rows, {.tiles = 2}, told); }),
            "augment.clahe.tiles: 2 tiles a side are more than the 1 x 2 pixels of the images. Choose fewer.");
}

TEST(ShownPixels, AreTheEqualisedOnesWhereThatIsDrawn) {
  const Dataset dataset = threeImages();
  const std::vector<std::uint8_t> block{10, 20, 30, 40, 50, 60};
  EXPECT_THAT(shownPixels(dataset, block, 1, {}), ElementsAre(3, 4));
  EXPECT_THAT(shownPixels(dataset, {}, 1, {}), ElementsAre(3, 4));
  EXPECT_THAT(shownPixels(dataset, block, 1, {.equalised = true}), ElementsAre(30, 40));
  EXPECT_THROW(shownPixels(dataset, {}, 1, {.equalised = true}), std::out_of_range);
  EXPECT_THROW(shownPixels(dataset, block, 3, {.equalised = true}), std::out_of_range);
}

TEST(Clahe, KeysAreRefusedOutOfTheirBounds) {
  AugmentOptions options;
  KeyTable table;
  describe(options, table);
  for (const char* wrong : {"probability=-0.1", "probability=1.1", "clip_limit=-1", "clip_limit=257", "tiles=0",
                            "tiles=65", "tiles=2.5", "probability=often"}) {
    const std::string assignment = std::string("augment.clahe.") + wrong;
    EXPECT_THAT(test::errorOf(Fault::kUsage, [&] { applyAssignment(table, assignment); }),
                HasSubstr(assignment.substr(0, assignment.find('=')) + ": expected "));
  }
  applyAssignment(table, "augment.clahe.tiles=8");
  applyAssignment(table, "augment.clahe.clip_limit=0");
  EXPECT_EQ(options.clahe.tiles, 8);
  EXPECT_EQ(options.clahe.clip_limit, 0);
}

}  // namespace
}  // namespace fer::data
