#include "fer/train/voted_targets.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "fer/core/files/files.hpp"
#include "fer/data/labels.hpp"

namespace fer::train {
namespace {

at::Tensor probabilitiesOf(const at::Tensor& inputs, const at::Tensor& weights) {
  const std::int64_t columns = inputs.size(1);
  return at::softmax(at::mm(inputs, weights.narrow(0, 0, columns)) + weights[columns], 1);
}

// tests/oracles/softmax_regression.py. The constants may differ by one number for all classes, so probabilities count.
TEST(SoftmaxRegression, IsScikitLearns) {
  const auto fixture = nlohmann::json::parse(readFile(FER_FIXTURES "/softmax_regression.json", Fault::kData));
  const auto classes = fixture["classes"].get<std::int64_t>();
  const at::Tensor votes =
      at::tensor(fixture["votes"].get<std::vector<double>>()).view({-1, fixture["columns"].get<std::int64_t>()});
  const at::Tensor labels = at::tensor(fixture["labels"].get<std::vector<std::int64_t>>());
  const at::Tensor inputs = votes / votes.sum(1, /*keepdim=*/true);
  const at::Tensor found = probabilitiesOf(inputs, softmaxRegression(inputs, labels, classes));
  const at::Tensor expected = at::tensor(fixture["probabilities"].get<std::vector<double>>()).view({-1, classes});
  EXPECT_LT((found - expected).abs().max().item<double>(), 1e-5);
}

// Of inputs that say nothing it is the share of each class.
TEST(SoftmaxRegression, OfNothingIsHowOftenEachClassStands) {
  const at::Tensor inputs = at::zeros({8, 2}, at::kDouble);
  const at::Tensor labels = at::tensor(std::vector<std::int64_t>{0, 0, 0, 0, 1, 1, 2, 2});
  const at::Tensor found = probabilitiesOf(inputs, softmaxRegression(inputs, labels, 3));
  EXPECT_NEAR(found[0][0].item<double>(), 0.5, 1e-8);
  EXPECT_NEAR(found[7][2].item<double>(), 0.25, 1e-8);
}

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
