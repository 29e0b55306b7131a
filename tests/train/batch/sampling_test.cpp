#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "fer/train/batch/batches.hpp"
#include "support/error_of.hpp"
#include "support/small_training.hpp"
#include "train/batch/progressive.hpp"

namespace fer::train {
namespace {

using ::testing::HasSubstr;

/// 300 rows, of which class 0 has 10, class 1 has 290 and class 2 none.
data::TrainingData unevenData() {
  data::DatasetColumns columns;
  data::TrainingData data;
  for (std::uint32_t row = 0; row < 300; ++row) {
    columns.labels.push_back(row % 30 == 7 ? 0 : 1);
    columns.parts.push_back(data::kNoPart);
    columns.row_ids.push_back(row);
    for (int i = 0; i < 256; ++i) columns.pixels.push_back(static_cast<std::uint8_t>((row * 7 + i) % 256));
    data.train.push_back(row);
  }
  data.dataset = data::Dataset({1, 16, 16}, {"rare", "common", "none"}, std::move(columns));
  return data;
}

TEST(BalancedSampler, GivesEveryClassAsManyPlacesAndEveryImageItsTurn) {
  const data::TrainingData data = unevenData();
  TrainOptions options;
  options.sampler = "balanced";
  const EpochRows epoch = epochRows(options, data, 3);
  ASSERT_EQ(epoch.rows.size(), 300U);
  std::map<std::uint32_t, int> times;
  std::set<std::pair<std::uint32_t, std::uint32_t>> views;
  int rare = 0;
  for (std::size_t i = 0; i < epoch.rows.size(); ++i) {
    EXPECT_EQ(epoch.repeats[i], static_cast<std::uint32_t>(times[epoch.rows[i]]++));
    views.emplace(epoch.rows[i], epoch.repeats[i]);
    rare += data.dataset.label(epoch.rows[i]) == 0 ? 1 : 0;
  }
  EXPECT_NEAR(rare, 150, 35);  // 4 standard deviations of a fair coin
  EXPECT_EQ(views.size(), 300U);
  int least = 300;
  int most = 0;
  for (const auto& [row, count] : times)
    if (data.dataset.label(row) == 0) {
      least = std::min(least, count);
      most = std::max(most, count);
    }
  EXPECT_LE(most - least, 1);
  EXPECT_EQ(epoch.rows, epochRows(options, data, 3).rows);
  EXPECT_NE(epoch.rows, epochRows(options, data, 4).rows);
}

TEST(BalancedSampler, SeesAnImageAnewEachTime) {
  const data::TrainingData data = unevenData();
  const data::AugmentOptions augment{"keras-2.8", 0.2, true, {0.8, 1.2}};
  const TrainingBatches batches{data.dataset, augment, {augment, {}, data.dataset.shape()}, 1};
  const std::uint32_t rows[] = {7, 7};
  const std::uint32_t repeats[] = {0, 1};
  const at::Tensor images = batches.make(rows, 2, repeats).images;
  EXPECT_FALSE(at::equal(images[0], images[1]));
  EXPECT_TRUE(at::equal(images[0], batches.make(std::span(rows).first(1), 2).images[0]));
}

TEST(Progressive, SidesFollowTheEpochs) {
  const std::vector<std::string> sides{"24:1", "32:3"};
  EXPECT_EQ(sideOf(sides, 0), 0);
  EXPECT_EQ(sideOf(sides, 1), 24);
  EXPECT_EQ(sideOf(sides, 2), 24);
  EXPECT_EQ(sideOf(sides, 9), 32);
  for (const char* wrong : {"24", ":3", "24:", "x:3", "24:x", "4:0", "24:-1", "24:1:2"})
    EXPECT_THAT(test::errorOf(Fault::kUsage, [&] { parseProgressive({wrong}, "f.json"); }),
                HasSubstr("f.json: train.progressive: expected SIDE:EPOCHS"))
        << wrong;
  EXPECT_THAT(test::errorOf(Fault::kUsage,
                            [] {
                              parseProgressive({"24:3", "32:3"}, "f.json");
                            }),
              HasSubstr("begins no later"));
}

// Two pixels become one: their mean, for the smoothing filter spans both.
TEST(Progressive, ShrinksBySmoothing) {
  Batch batch{at::arange(0, 16, at::kFloat).view({1, 1, 1, 16}).expand({1, 1, 16, 16}).contiguous(), at::zeros({1})};
  const at::Tensor half = resized(batch, 8).images;
  ASSERT_EQ(half.sizes(), at::IntArrayRef({1, 1, 8, 8}));
  for (int i = 1; i < 7; ++i) EXPECT_NEAR(half[0][0][3][i].item<double>(), 2 * i + 0.5, 1e-5) << i;
  EXPECT_TRUE(at::equal(resized(batch, 16).images, batch.images));
  EXPECT_TRUE(at::equal(resized(batch, 0).images, batch.images));
}

TEST(Progressive, IsRefusedWhereTheWeightsAreForOneSize) {
  Experiment experiment = test::smallExperiment(2);
  experiment.train.progressive = {"8:0", "16:1"};
  const data::TrainingData data = test::brightnessData(50);
  EXPECT_THAT(test::errorOf(Fault::kUsage, [&] { prepareNetwork(experiment, data); }),
              HasSubstr("train.progressive: "));
}

}  // namespace
}  // namespace fer::train
