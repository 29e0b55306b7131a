#include "fer/data/synth/synth.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "fer/data/audit.hpp"
#include "fer/data/labels.hpp"

namespace fer::data {
namespace {

using ::testing::IsEmpty;

SynthOptions faces(std::uint32_t rows) {
  SynthOptions options;
  options.rows = rows;
  options.classes = fer2013Classes();
  return options;
}

std::vector<std::uint8_t> bytes(const Dataset& dataset, std::size_t row) {
  const auto image = dataset.pixels(row);
  return {image.begin(), image.end()};
}

TEST(Synth, GivesTheSameFacesForTheSameSeed) {
  EXPECT_EQ(dataHash(synthesise(faces(20))), dataHash(synthesise(faces(20))));
  SynthOptions other = faces(20);
  other.seed = 2;
  EXPECT_NE(dataHash(synthesise(other)), dataHash(synthesise(faces(20))));
}

TEST(Synth, DrawsARowWhateverTheNumberOfRows) {
  const Dataset few = synthesise(faces(15));
  const Dataset many = synthesise(faces(40));
  for (std::size_t row = 0; row < few.size(); ++row) {
    EXPECT_EQ(bytes(few, row), bytes(many, row));
    EXPECT_EQ(few.label(row), many.label(row));
    EXPECT_EQ(few.part(row), many.part(row));
    EXPECT_EQ(few.rowId(row), row);
  }
}

TEST(Synth, SplitsEightToOneToOne) {
  const Dataset dataset = synthesise(faces(200));
  std::map<std::uint8_t, int> rows;
  for (const std::uint8_t part : dataset.columns().parts) ++rows[part];
  EXPECT_EQ(rows[kTraining], 160);
  EXPECT_EQ(rows[kPublicTest], 20);
  EXPECT_EQ(rows[kPrivateTest], 20);
}

TEST(Synth, HasEveryClassInEveryUsageFromAHundredRowsOn) {
  for (const std::uint32_t seed : {1U, 2U, 3U}) {
    SynthOptions options = faces(100);
    options.seed = seed;
    const Dataset dataset = synthesise(options);
    std::set<std::pair<std::uint8_t, int>> seen;
    for (std::size_t row = 0; row < dataset.size(); ++row) seen.emplace(dataset.part(row), dataset.label(row));
    EXPECT_EQ(seen.size(), 3U * 7U);
  }
}

TEST(Synth, DrawsClassesAboutAsOftenAsFer2013Does) {
  SynthOptions options = faces(4000);
  options.shape = {1, 16, 16};
  std::array<int, 7> rows{};
  const Dataset dataset = synthesise(options);
  for (const std::uint8_t label : dataset.columns().labels) ++rows.at(label);
  constexpr std::array<double, 7> kShares{0.14, 0.05, 0.14, 0.24, 0.16, 0.11, 0.16};
  for (std::size_t i = 0; i < kShares.size(); ++i) EXPECT_NEAR(rows.at(i) / 4000.0, kShares.at(i), 0.03) << i;
}

TEST(Synth, HasNoDuplicatesAndNoConstantImages) {
  const Audit result = audit(synthesise(faces(500)));
  EXPECT_THAT(result.duplicate_groups, IsEmpty());
  EXPECT_THAT(result.constant_images, IsEmpty());
}

TEST(Synth, DrawsAnyShapeAndAnyNumberOfClasses) {
  SynthOptions options;
  options.rows = 600;
  options.shape = {3, 32, 40};
  for (int i = 0; i < 40; ++i) options.classes.push_back("class " + std::to_string(i));
  const Dataset dataset = synthesise(options);
  EXPECT_EQ(dataset.shape(), (ImageShape{3, 32, 40}));
  const auto& labels = dataset.columns().labels;
  EXPECT_EQ(std::set<std::uint8_t>(labels.begin(), labels.end()).size(), 40U);
}

TEST(Synth, ColoursDifferBetweenThePlanes) {
  SynthOptions options = faces(5);
  options.shape.channels = 3;
  const Dataset dataset = synthesise(options);
  const std::size_t plane = std::size_t{48} * 48;
  for (std::size_t row = 0; row < dataset.size(); ++row) {
    const auto image = dataset.pixels(row);
    EXPECT_FALSE(std::equal(image.begin(), image.begin() + plane, image.begin() + 2 * plane));
  }
}

/// The share of rows that the nearest class mean of orientation histograms tells right: gradients in 6 x 6 cells of 8
/// directions, each image's normed. Far below what a network learns, but blind to everything except shapes.
double nearestMeanAccuracy(const Dataset& dataset) {
  constexpr int kSide = 48;
  constexpr int kCells = 6;
  constexpr int kTurns = 8;
  using Features = std::array<double, std::size_t{kCells} * kCells * kTurns>;
  const auto featuresOf = [&](std::size_t row) {
    const auto image = dataset.pixels(row);
    Features features{};
    for (int y = 1; y + 1 < kSide; ++y)
      for (int x = 1; x + 1 < kSide; ++x) {
        const int dx = image[y * kSide + x + 1] - image[y * kSide + x - 1];
        const int dy = image[(y + 1) * kSide + x] - image[(y - 1) * kSide + x];
        const double angle = std::atan2(dy, dx) / (2 * 3.14159265358979) + 0.5;
        const int turn = std::min(kTurns - 1, static_cast<int>(angle * kTurns));
        const int cell = y * kCells / kSide * kCells + x * kCells / kSide;
        features.at(cell * kTurns + turn) += std::hypot(dx, dy);
      }
    double norm = 0;
    for (const double value : features) norm += value * value;
    for (double& value : features) value /= std::sqrt(norm);
    return features;
  };
  std::vector<Features> means(dataset.classes().size());
  std::vector<double> rows(means.size());
  for (std::size_t row = 0; row < dataset.size(); ++row) {
    if (dataset.part(row) != kTraining) continue;
    const Features features = featuresOf(row);
    for (std::size_t i = 0; i < features.size(); ++i) means[dataset.label(row)][i] += features[i];
    ++rows[dataset.label(row)];
  }
  int right = 0;
  int tested = 0;
  for (std::size_t row = 0; row < dataset.size(); ++row) {
    if (dataset.part(row) == kTraining) continue;
    const Features features = featuresOf(row);
    const auto distance = [&](std::size_t label) {
      double sum = 0;
      for (std::size_t i = 0; i < features.size(); ++i) {
        const double off = features[i] - means[label][i] / rows[label];
        sum += off * off;
      }
      return sum;
    };
    std::size_t nearest = 0;
    for (std::size_t label = 1; label < means.size(); ++label)
      if (distance(label) < distance(nearest)) nearest = label;
    ++tested;
    right += static_cast<int>(nearest) == dataset.label(row) ? 1 : 0;
  }
  return static_cast<double>(right) / tested;
}

// Chance is 14 %, always saying the most frequent class 24 %.
TEST(Synth, ShowsTheEmotion) {
  const double accuracy = nearestMeanAccuracy(synthesise(faces(2000)));
  EXPECT_GT(accuracy, 0.34);
  EXPECT_LT(accuracy, 0.9);
}

}  // namespace
}  // namespace fer::data
