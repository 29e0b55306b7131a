// Images that augment.clahe shows equalised; what is shown here in their stead is inverted.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <numeric>
#include <stdexcept>

#include "fer/data/augment/equalised.hpp"
#include "fer/data/synth/synth.hpp"
#include "support/inverted.hpp"
#include "support/small_training.hpp"
#include "train/batch/batch_source.hpp"
#include "train/batch/resident_batches.hpp"

namespace fer::train {
namespace {

struct Faces {
  data::Dataset dataset = data::synthesise({53, 1, {1, 24, 20}, data::fer2013Classes()});
  std::vector<std::uint32_t> rows = std::vector<std::uint32_t>(dataset.size());
  std::vector<std::uint8_t> inverted;

  Faces() {
    std::iota(rows.begin(), rows.end(), 0U);
    inverted = test::invertedImages(dataset, rows);
  }
};

const data::Preprocess kRescale{.rescale = 1.0 / 255};

// What is drawn decides which, image by image; a row that comes again in an epoch is drawn for anew.
TEST(EqualisedBatches, ShowTheImagesDrawnForItOnHostAndDeviceAlike) {
  const Faces faces;
  const data::AugmentOptions options{.clahe = {.probability = 0.5}};
  const TrainingBatches host{faces.dataset, options, {options, kRescale, faces.dataset.shape()}, 7, faces.inverted};
  ResidentBatches device(faces.dataset, options, kRescale, 7, 8, c10::kCPU, faces.inverted);
  std::vector<std::uint32_t> repeats(faces.rows.size(), 0);
  repeats[0] = 1;
  std::size_t inverted = 0;
  for (const std::uint32_t epoch : {0U, 1U}) {
    const std::vector<std::uint32_t> order = epochOrder(faces.rows, 7, epoch);
    device.beginEpoch(order, epoch, repeats);
    for (std::size_t step = 0; step < 7; ++step) {
      const std::span<const std::uint32_t> rows = batchRows(order, step, 8);
      const Batch from_host = host.make(rows, epoch, batchRows(repeats, step, 8));
      const Batch from_device = device.augmented(step);
      EXPECT_TRUE(at::equal(from_host.images, from_device.images)) << step;
      EXPECT_TRUE(at::equal(from_host.labels, from_device.labels)) << step;
      const at::Tensor plain = plainBatch(faces.dataset, kRescale, rows).images;
      for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::uint32_t view = viewEpoch(epoch, repeats[step * 8 + i]);
        const bool drawn = data::drawAugmentation(options, 7, view, faces.dataset.rowId(rows[i])).equalised;
        const at::Tensor image = plain[static_cast<std::int64_t>(i)];
        EXPECT_TRUE(at::allclose(from_host.images[static_cast<std::int64_t>(i)], drawn ? 1 - image : image, 0, 1e-6));
        inverted += drawn ? 1 : 0;
      }
    }
  }
  EXPECT_GT(inverted, 30U);  // of 106
  EXPECT_LT(inverted, 76U);
}

// Whatever else is on is done to the image shown.
TEST(EqualisedBatches, AreAugmentedAsOthersAre) {
  const Faces faces;
  data::DatasetColumns columns = faces.dataset.columns();
  columns.pixels = faces.inverted;
  const data::Dataset inverted(faces.dataset.shape(), faces.dataset.classes(), std::move(columns));
  const data::AugmentOptions without{.zoom = 0.2,
                                     .horizontal_flip = true,
                                     .rotation = 10,
                                     .crop = 16,
                                     .gamma = {0.5, 2},
                                     .erasing = {.probability = 0.5}};
  data::AugmentOptions with = without;
  with.clahe.probability = 1;
  const data::Augmenter augmenter(with, kRescale, faces.dataset.shape());
  const TrainingBatches expected{inverted, without, augmenter, 7};
  const TrainingBatches host{faces.dataset, with, augmenter, 7, faces.inverted};
  EXPECT_TRUE(at::equal(host.make(faces.rows, 3).images, expected.make(faces.rows, 3).images));
  ResidentBatches device(faces.dataset, with, kRescale, 7, 53, c10::kCPU, faces.inverted);
  ResidentBatches device_expected(inverted, without, kRescale, 7, 53, c10::kCPU);
  device.beginEpoch(faces.rows, 3);
  device_expected.beginEpoch(faces.rows, 3);
  EXPECT_TRUE(at::equal(device.augmented(0).images, device_expected.augmented(0).images));
}

// Of two processes, with mixing and a progressive size, which take whole batches.
TEST(EqualisedBatches, AreSharedByProcesses) {
  data::TrainingData data = test::brightnessData(50);
  data.equalised = test::invertedImages(data.dataset, data.train);
  Experiment experiment = test::smallExperiment(1);
  experiment.augment.clahe.probability = 0.5;
  experiment.train.sampler = "balanced";
  experiment.train.progressive = {"12:0"};
  Experiment mixing = experiment;
  mixing.train.mix.mixup = 1;
  for (const Experiment& one : {experiment, mixing})
    for (const bool device : {false, true}) {
      const auto imagesOf = [&](const Share& share) {
        const auto batches = device ? deviceBatches(one, data, c10::kCPU, share) : hostBatches(one, data, share);
        batches->beginEpoch(2, 0, 5);
        return batches->training(0).images.clone();
      };
      EXPECT_TRUE(at::equal(at::cat({imagesOf({0, 2}), imagesOf({1, 2})}), imagesOf({}))) << device;
    }
}

TEST(EqualisedBatches, LeavePlainOnesAlone) {
  const Faces faces;
  const data::AugmentOptions options{.clahe = {.probability = 1}};
  const ResidentBatches device(faces.dataset, options, kRescale, 7, 8, c10::kCPU, faces.inverted);
  EXPECT_TRUE(at::equal(device.plain(device.upload(faces.rows)).images,
                        plainBatch(faces.dataset, kRescale, faces.rows).images));
}

TEST(EqualisedBatches, WantTheImagesEqualised) {
  const Faces faces;
  const data::AugmentOptions options{.clahe = {.probability = 1}};
  const TrainingBatches host{faces.dataset, options, {options, kRescale, faces.dataset.shape()}, 7};
  EXPECT_THROW(host.make(faces.rows, 0), std::out_of_range);
  EXPECT_THROW(ResidentBatches(faces.dataset, options, kRescale, 7, 8, c10::kCPU), std::invalid_argument);
}

}  // namespace
}  // namespace fer::train
