#include "fer/train/voted_targets.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "fer/data/labels.hpp"

namespace fer::train {
namespace {

/// 24 images of a pixel, 3 of 4 for training. Raters see happiness in an even row's image and sadness in an odd one's;
/// labels say the same but in every eighth row.
data::TrainingData ratedImages() {
  constexpr std::uint32_t kRows = 24;
  data::DatasetColumns columns;
  data::TrainingData data;
  for (std::uint32_t row = 0; row < kRows; ++row) {
    const bool happy = row % 2 == 0;
    const bool against = row % 8 == 0;
    columns.pixels.push_back(static_cast<std::uint8_t>(row));
    columns.labels.push_back(happy != against ? 3 : 4);
    columns.parts.push_back(0);
    columns.row_ids.push_back(row);
    data::Votes votes{};
    votes[happy ? 1 : 3] = 10;
    data.votes.push_back(votes);
    (row % 4 == 3 ? data.validation : data.train).push_back(row);
  }
  data.dataset = data::Dataset({1, 1, 1}, data::fer2013Classes(), std::move(columns));
  return data;
}

TEST(BlendedVotes, AreAShareOfTrainingTargetsAlone) {
  data::TrainingData data = ratedImages();
  blendVotes(data, 0.25);
  ASSERT_TRUE(data.dataset.hasTargets());
  for (const std::uint32_t row : data.validation) EXPECT_EQ(data.dataset.target(row)[data.dataset.label(row)], 1);
  const auto against = data.dataset.target(0);  // labelled sad, seen as happy
  EXPECT_GE(against[4], 0.75F);
  EXPECT_GT(against[3], 0.1F);  // three of twelve happy ones are labelled sad: about 0.25 * 0.7
  EXPECT_LT(against[3], 0.25F);
  const auto agreed = data.dataset.target(1);
  EXPECT_GT(agreed[4], 0.9F);
  EXPECT_FLOAT_EQ(data.dataset.target(2)[3], data.dataset.target(4)[3]);  // the same votes and label
}

TEST(BlendedVotes, OfNoShareAreTheLabels) {
  data::TrainingData data = ratedImages();
  blendVotes(data, 0);
  for (std::uint32_t row = 0; row < data.dataset.size(); ++row)
    EXPECT_EQ(data.dataset.target(row)[data.dataset.label(row)], 1);
}

// What validation rows are labelled and voted changes no training target.
TEST(BlendedVotes, KnowNothingOfTheValidationRows) {
  data::TrainingData data = ratedImages();
  data::TrainingData other = ratedImages();
  data::DatasetColumns columns = other.dataset.columns();
  for (const std::uint32_t row : other.validation) {
    columns.labels[row] = 0;
    other.votes[row] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 10};
  }
  other.dataset = data::Dataset({1, 1, 1}, data::fer2013Classes(), std::move(columns));
  blendVotes(data, 0.5);
  blendVotes(other, 0.5);
  for (const std::uint32_t row : data.train)
    for (std::size_t i = 0; i < 7; ++i) EXPECT_EQ(data.dataset.target(row)[i], other.dataset.target(row)[i]);
}

TEST(BlendedVotes, NeedARowOfVotesARow) {
  data::TrainingData data = ratedImages();
  data.votes.pop_back();
  EXPECT_THROW(blendVotes(data, 0.5), std::invalid_argument);
}

}  // namespace
}  // namespace fer::train
