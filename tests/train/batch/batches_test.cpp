#include "fer/train/batch/batches.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

namespace fer::train {
namespace {

TEST(EpochOrder, IsAPermutationThatSeedAndEpochDecide) {
  std::vector<std::uint32_t> rows(100);
  std::iota(rows.begin(), rows.end(), 7U);
  const auto order = epochOrder(rows, 1, 2);
  EXPECT_EQ(order, epochOrder(rows, 1, 2));
  EXPECT_NE(order, epochOrder(rows, 1, 3));
  EXPECT_NE(order, epochOrder(rows, 2, 2));
  auto sorted = order;
  std::sort(sorted.begin(), sorted.end());
  EXPECT_EQ(sorted, rows);
}

TEST(BatchCount, CountsThePartialBatchUnlessItIsDropped) {
  EXPECT_EQ(batchCount(22965, 64, true), 358U);
  EXPECT_EQ(batchCount(5741, 64, false), 90U);
  EXPECT_EQ(batchCount(128, 64, true), 2U);
  EXPECT_EQ(batchCount(128, 64, false), 2U);
  EXPECT_EQ(batchCount(63, 64, true), 0U);
}

TEST(BatchRows, CoverTheOrderWithoutOverlap) {
  const std::vector<std::uint32_t> order{5, 3, 9, 1, 7};
  EXPECT_EQ(batchRows(order, 0, 2).size(), 2U);
  EXPECT_EQ(batchRows(order, 1, 2)[0], 9U);
  EXPECT_EQ(batchRows(order, 2, 2).size(), 1U);
  EXPECT_EQ(batchRows(order, 3, 2).size(), 0U);
}

data::Dataset twoImages() {
  data::DatasetColumns columns;
  columns.pixels = {0, 51, 102, 255, 10, 20, 30, 40};
  columns.labels = {1, 0};
  columns.parts = {data::kNoPart, data::kNoPart};
  columns.row_ids = {100, 200};
  return {{1, 2, 2}, {"a", "b"}, std::move(columns)};
}

TEST(PlainBatch, IsTheImagesRescaledWithTheirLabels) {
  const data::Dataset dataset = twoImages();
  const std::vector<std::uint32_t> rows{1, 0};
  const Batch batch = plainBatch(dataset, {.rescale = 1.0 / 255}, rows);
  EXPECT_EQ(batch.images.sizes(), (at::IntArrayRef{2, 1, 2, 2}));
  EXPECT_FLOAT_EQ(batch.images[1][0][0][1].item<float>(), 0.2F);
  EXPECT_FLOAT_EQ(batch.images[1][0][1][1].item<float>(), 1.0F);
  EXPECT_EQ(batch.labels[0].item<std::int64_t>(), 0);
  EXPECT_EQ(batch.labels[1].item<std::int64_t>(), 1);
}

// What is drawn for a row depends on its id, not on the batch it comes in.
TEST(TrainingBatches, DrawByRowIdAndEpoch) {
  const data::Dataset dataset = twoImages();
  data::AugmentOptions options;
  options.brightness = {0.2, 1.2};
  const TrainingBatches batches{dataset, options, {options, {.rescale = 1.0 / 255}, dataset.shape()}, 3};
  const std::vector<std::uint32_t> both{0, 1};
  const std::vector<std::uint32_t> second{1};
  EXPECT_TRUE(at::equal(batches.make(both, 4).images[1], batches.make(second, 4).images[0]));
  EXPECT_FALSE(at::equal(batches.make(both, 4).images[1], batches.make(both, 5).images[1]));
}

}  // namespace
}  // namespace fer::train
