#include "train/batch/resident_batches.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <numeric>

#include "fer/data/synth/synth.hpp"

namespace fer::train {
namespace {

data::Dataset faces(std::uint32_t rows) {
  data::SynthOptions options;
  options.rows = rows;
  options.shape = {1, 24, 20};
  options.classes = data::fer2013Classes();
  return data::synthesise(options);
}

const data::AugmentOptions kAugment{"keras-2.8", 0.2, true, {0.2, 1.2}};

std::vector<std::uint32_t> everyRow(const data::Dataset& dataset) {
  std::vector<std::uint32_t> rows(dataset.size());
  std::iota(rows.begin(), rows.end(), 0U);
  return rows;
}

TEST(ResidentBatches, AreTheBatchesOfTheLoader) {
  const data::Dataset dataset = faces(53);
  const TrainingBatches loader{dataset, kAugment, {kAugment, {}, dataset.shape()}, 7};
  ResidentBatches resident(dataset, kAugment, {}, 7, 8, c10::kCPU);
  for (const std::uint32_t epoch : {0U, 1U}) {
    const auto order = epochOrder(everyRow(dataset), 7, epoch);
    resident.beginEpoch(order, epoch);
    for (const std::size_t step : {0U, 1U, 6U, 2U}) {  // 6 is the partial one
      const Batch expected = loader.make(batchRows(order, step, 8), epoch);
      const Batch found = resident.augmented(step);
      EXPECT_TRUE(at::equal(found.labels, expected.labels)) << step;
      ASSERT_EQ(found.images.sizes(), expected.images.sizes());
      EXPECT_LE((found.images - expected.images).abs().max().item<double>(), 1e-6) << step;
    }
  }
}

TEST(ResidentBatches, HaveTheCropsShapeAsTheLoadersHave) {
  const data::Dataset dataset = faces(21);
  const data::AugmentOptions options{.zoom = 0.2, .rotation = 10, .crop = 16};
  const TrainingBatches loader{dataset, options, {options, {}, dataset.shape()}, 7};
  ResidentBatches resident(dataset, options, {}, 7, 8, c10::kCPU);
  const auto order = epochOrder(everyRow(dataset), 7, 0);
  resident.beginEpoch(order, 0);
  EXPECT_EQ(resident.augmented(0).images.sizes().slice(1), at::IntArrayRef({1, 16, 16}));
  for (const std::size_t step : {0U, 2U}) {
    const Batch expected = loader.make(batchRows(order, step, 8), 0);
    const Batch found = resident.augmented(step);
    EXPECT_EQ(expected.images.sizes().slice(1), (at::IntArrayRef{1, 16, 16}));
    ASSERT_EQ(found.images.sizes(), expected.images.sizes());
    EXPECT_LE((found.images - expected.images).abs().max().item<double>(), 1e-6) << step;
  }
  EXPECT_EQ(resident.plain(resident.upload(order)).images.sizes().slice(1), (at::IntArrayRef{1, 24, 20}));
}

// By hand: 1024 * 48 * 48 values are 2 359 296; an image of 512 x 512 has 262 144, so 9 fit: two batches of 4.
TEST(ResidentBatches, AugmentNoMoreAtOnceThanMemoryHolds) {
  data::SynthOptions options;
  options.rows = 14;
  options.shape = {1, 512, 512};
  options.classes = {"a", "b"};
  const data::Dataset dataset = data::synthesise(options);
  const auto bytesOf = [&](std::size_t batch_size) {
    ResidentBatches resident(dataset, {}, {}, 7, batch_size, c10::kCPU);
    resident.beginEpoch(everyRow(dataset), 0);
    return resident.augmented(0).images.storage().nbytes();
  };
  constexpr std::size_t kImage = sizeof(float) * 512 * 512;
  EXPECT_EQ(bytesOf(4), 8 * kImage);
  EXPECT_EQ(bytesOf(10), 10 * kImage);  // a batch is the least
}

// More images than are augmented at once, and batches larger than that.
TEST(ResidentBatches, GoOnWhereTheBufferEnds) {
  const data::Dataset dataset = faces(2600);
  const TrainingBatches loader{dataset, kAugment, {kAugment, {}, dataset.shape()}, 7};
  for (const std::size_t size : {100U, 1200U}) {
    ResidentBatches resident(dataset, kAugment, {}, 7, size, c10::kCPU);
    const auto order = epochOrder(everyRow(dataset), 7, 0);
    resident.beginEpoch(order, 0);
    for (std::size_t step = 0; step * size < order.size(); ++step) {
      const auto rows = batchRows(order, step, size);
      const Batch expected = loader.make(rows, 0);
      const Batch found = resident.augmented(step);
      ASSERT_TRUE(at::equal(found.labels, expected.labels)) << step;
      const at::Tensor apart = (found.images - expected.images).abs();
      EXPECT_LE(apart.max().item<double>(), 1.001 / 255) << step;
      EXPECT_LE(apart.gt(1e-6).sum().item<double>(), 1e-4 * static_cast<double>(apart.numel())) << step;
    }
  }
}

TEST(ResidentBatches, PlainOnesAreTheLoadersToTheBit) {
  const data::Dataset dataset = faces(20);
  const std::vector<std::uint32_t> rows{3, 19, 0};
  const ResidentBatches resident(dataset, kAugment, {.rescale = 1.0 / 255}, 7, 8, c10::kCPU);
  const Batch found = resident.plain(resident.upload(rows));
  const Batch expected = plainBatch(dataset, {.rescale = 1.0 / 255}, rows);
  EXPECT_TRUE(at::equal(found.images, expected.images));
  EXPECT_TRUE(at::equal(found.labels, expected.labels));
}

}  // namespace
}  // namespace fer::train
