#include "fer/report/picture/mistakes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace fer::report {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Bytes = std::vector<std::uint8_t>;

TEST(Mistakes, TheSurestComeFirstThenTheLowerRow) {
  metrics::Evaluation evaluation;
  evaluation.classes = {"a", "b"};
  evaluation.rows = {40, 30, 20, 10, 5};
  evaluation.labels = {0, 0, 0, 0, 1};
  evaluation.probabilities = {0.2F, 0.8F, 0.1F, 0.9F, 0.9F, 0.1F, 0.2F, 0.8F, 0.3F, 0.7F};
  EXPECT_THAT(surestMistakes(evaluation), ElementsAre(1, 3, 0));
  EXPECT_THAT(surestMistakes(evaluation, 2), ElementsAre(1, 3));
  evaluation.labels = {1, 1, 0, 1, 1};
  EXPECT_THAT(surestMistakes(evaluation), IsEmpty());
  evaluation.labels.pop_back();
  EXPECT_THROW(surestMistakes(evaluation), std::invalid_argument);
}

TEST(Mistakes, AreLaidOutInRowsWithWhiteCellsAtTheEnd) {
  const std::vector<Bytes> images{{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, 12}};
  const std::vector<std::span<const std::uint8_t>> spans(images.begin(), images.end());
  const Picture picture = sheet({1, 2, 2}, spans, 2);
  EXPECT_EQ(picture.width, 4U);
  EXPECT_EQ(picture.height, 4U);
  EXPECT_EQ(picture.channels, 1U);
  EXPECT_EQ(picture.pixels, (Bytes{1, 2, 5, 6, 3, 4, 7, 8, 9, 10, 255, 255, 11, 12, 255, 255}));
}

TEST(Mistakes, PlanesOfColourComeBesideEachOther) {
  const Bytes image{1, 2, 11, 12, 21, 22};  // 3 x 1 x 2
  const std::vector<std::span<const std::uint8_t>> spans{image};
  const Picture picture = sheet({3, 1, 2}, spans, 1);
  EXPECT_EQ(picture.channels, 3U);
  EXPECT_EQ(picture.pixels, (Bytes{1, 11, 21, 2, 12, 22}));
}

TEST(Mistakes, RefuseImagesOfOtherSizes) {
  const Bytes image{1, 2, 3};
  const std::vector<std::span<const std::uint8_t>> spans{image};
  EXPECT_THROW(sheet({1, 1, 2}, spans), std::invalid_argument);
  EXPECT_THROW(sheet({1, 1, 2}, {}), std::invalid_argument);
}

}  // namespace
}  // namespace fer::report
