#include "fer/train/batch/degrade.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/small_training.hpp"
#include "support/temp_folder.hpp"
#include "train/batch/degraded_batches.hpp"

namespace fer::train {
namespace {

constexpr double kOfLevels = 1.0 / 255;

data::AugmentOptions blurOf(double sigma, double probability = 1) {
  data::AugmentOptions options;
  options.blur = {probability, {sigma, sigma}};
  return options;
}

data::AugmentOptions noiseOf(double low, double high, double probability = 1) {
  data::AugmentOptions options;
  options.noise = {probability, {low, high}};
  return options;
}

at::Tensor degraded(const data::AugmentOptions& options, const at::Tensor& images, std::uint32_t step = 0,
                    std::int64_t first = 0) {
  return Degrader(options, kOfLevels, 1, c10::kCPU).apply(images, 0, step, first);
}

std::vector<float> valuesOf(const at::Tensor& tensor) {
  const at::Tensor flat = tensor.contiguous();
  return {flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()};
}

at::Tensor greys(std::int64_t count, std::int64_t side = 48) {
  return at::full({count, 1, side, side}, 0.5, at::kFloat);
}

TEST(Degrader, LeavesImagesAloneUnlessAskedTo) {
  const at::Tensor images = at::rand({3, 1, 8, 8});
  EXPECT_TRUE(at::equal(degraded({}, images), images));
  EXPECT_TRUE(at::equal(degraded(blurOf(0), images), images));
  EXPECT_TRUE(at::equal(degraded(noiseOf(0, 0), images), images));
}

// exp(-x^2 / 2) at x = 0 to 3 over the sum of all seven: 1, 0.60653, 0.13534, 0.01111 over 2.50595.
TEST(Degrader, BlursByAGaussian) {
  at::Tensor line = at::zeros({1, 1, 1, 9});
  line[0][0][0][4] = 1;
  const std::vector<float> expected{0, 0.00443F, 0.05401F, 0.24204F, 0.39905F, 0.24204F, 0.05401F, 0.00443F, 0};
  EXPECT_THAT(valuesOf(degraded(blurOf(1), line)), testing::Pointwise(testing::FloatNear(1e-5F), expected));
  EXPECT_THAT(valuesOf(degraded(blurOf(1), line.transpose(2, 3))),
              testing::Pointwise(testing::FloatNear(1e-5F), expected));
}

// Of two pixels the left one stands for all on its left: 0.5 + 0.39905 / 2 of it stays.
TEST(Degrader, RepeatsTheEdge) {
  const at::Tensor line = at::tensor({1.0F, 0.0F}).view({1, 1, 1, 2});
  EXPECT_THAT(valuesOf(degraded(blurOf(1), line)),
              testing::ElementsAre(testing::FloatNear(0.69952F, 1e-5F), testing::FloatNear(0.30048F, 1e-5F)));
}

TEST(Degrader, BlursEachImageByItsOwnSigma) {
  data::AugmentOptions options = blurOf(0);
  options.blur.sigma = {0.3, 3};
  at::Tensor points = at::zeros({20, 1, 33, 33});
  points.select(2, 16).select(2, 16).fill_(1);
  const at::Tensor result = degraded(options, points);
  EXPECT_THAT(valuesOf(result.sum({1, 2, 3})), testing::Each(testing::FloatNear(1, 1e-4F)));
  const at::Tensor peaks = result.amax({1, 2, 3});
  EXPECT_GT(peaks.max().item<float>(), 5 * peaks.min().item<float>());
  for (std::int64_t i = 0; i < 20; ++i)  // what the others are does not matter
    EXPECT_TRUE(at::equal(degraded(options, points.narrow(0, i, 1), 0, i), result.narrow(0, i, 1)));
}

TEST(Degrader, AddsNoiseOfTheGivenDeviation) {
  const at::Tensor added = (degraded(noiseOf(16, 16), greys(64)) - 0.5) * 255;
  EXPECT_NEAR(added.mean().item<double>(), 0, 0.2);
  EXPECT_NEAR(added.std().item<double>(), 16, 0.2);
  EXPECT_NEAR(added.abs().gt(32).to(at::kFloat).mean().item<double>(), 0.0455, 0.004);  // of a normal distribution
}

TEST(Degrader, GivesEachImageAndEachStepItsOwnNoise) {
  const at::Tensor first = degraded(noiseOf(16, 16), greys(2));
  EXPECT_FALSE(at::equal(first[0], first[1]));
  EXPECT_FALSE(at::equal(degraded(noiseOf(16, 16), greys(2), 1), first));
  EXPECT_TRUE(at::equal(degraded(noiseOf(16, 16), greys(2)), first));
}

TEST(Degrader, DrawsASigmaAnImage) {
  const at::Tensor spread = (degraded(noiseOf(0, 32), greys(400)) * 255).flatten(1).std(1);
  EXPECT_NEAR(spread.mean().item<double>(), 16, 1.5);
  EXPECT_LT(spread.min().item<double>(), 1);
  EXPECT_GT(spread.max().item<double>(), 30);
}

TEST(Degrader, StaysWithinTheLevels) {
  const at::Tensor images = at::cat({at::zeros({1, 1, 8, 8}), at::ones({1, 1, 8, 8})});
  const at::Tensor noisy = degraded(noiseOf(64, 64), images);
  EXPECT_EQ(noisy.min().item<float>(), 0);
  EXPECT_EQ(noisy.max().item<float>(), 1);
  EXPECT_LT(noisy[1].min().item<float>(), 1);
}

// An image of more values than there are numbers goes through them again.
TEST(Degrader, TakesImagesOfAnySize) {
  const at::Tensor large = degraded(noiseOf(16, 16), greys(1, 1100));
  EXPECT_NEAR((large * 255).std().item<double>(), 16, 0.2);
  EXPECT_FLOAT_EQ(degraded(blurOf(3), greys(1, 1)).item<float>(), 0.5F);
}

TEST(Degrader, ChangesAsManyImagesAsItIsToldTo) {
  const at::Tensor changed = degraded(noiseOf(8, 16, 0.25), greys(800)).ne(0.5).flatten(1).any(1);
  EXPECT_NEAR(changed.to(at::kFloat).mean().item<double>(), 0.25, 0.05);
  data::AugmentOptions both = noiseOf(8, 16, 0.25);  // blur draws its own numbers
  both.blur = {1, {1, 2}};
  EXPECT_TRUE(at::equal(degraded(both, greys(800)).sub(0.5).abs().gt(1e-6).flatten(1).any(1), changed));
}

TEST(Degrader, LeavesItsInputAloneAndIsTheSameOfAShare) {
  data::AugmentOptions options = noiseOf(0, 32, 0.5);
  options.blur = {0.5, {0, 2}};
  const at::Tensor images = at::rand({8, 3, 10, 12});
  const at::Tensor before = images.clone();
  const at::Tensor whole = degraded(options, images, 5);
  EXPECT_TRUE(at::equal(images, before));
  EXPECT_FALSE(at::equal(whole, images));
  EXPECT_TRUE(at::equal(degraded(options, images.narrow(0, 3, 5), 5, 3), whole.narrow(0, 3, 5)));
}

Experiment degradingExperiment() {
  Experiment experiment = test::smallExperiment(2);
  experiment.augment.blur.probability = 0.5;
  experiment.augment.noise.probability = 0.5;
  return experiment;
}

TEST(DegradedBatches, AreTheOthersDegradedInTrainingAlone) {
  const data::TrainingData data = test::brightnessData(50);
  const Experiment experiment = degradingExperiment();
  const auto plain = hostBatches(experiment, data);
  const auto found = degradedBatches(hostBatches(experiment, data), experiment, c10::kCPU);
  const Degrader degrader(experiment.augment, experiment.preprocess.rescale, experiment.train.seed, c10::kCPU);
  plain->beginEpoch(3, 1, 5);
  found->beginEpoch(3, 1, 5);
  for (std::size_t step = 1; step < 5; ++step) {
    const Batch before = plain->training(step);
    const Batch after = found->training(step);
    EXPECT_TRUE(at::equal(after.labels, before.labels));
    EXPECT_FALSE(at::equal(after.images, before.images));
    EXPECT_TRUE(at::equal(after.images, degrader.apply(before.images, 3, static_cast<std::uint32_t>(step))));
  }
  plain->beginValidation();
  found->beginValidation();
  EXPECT_TRUE(at::equal(found->validation(0).images, plain->validation(0).images));
}

TEST(DegradedBatches, GoOnInTheMiddleOfAnEpoch) {
  const data::TrainingData data = test::brightnessData(50);
  const Experiment experiment = degradingExperiment();
  test::TempFolder folder;
  test::Session straight{experiment, data, RunDirectory::create(folder / "straight")};
  straight.train();
  test::expectSameInPieces(straight, RunDirectory::create(folder / "pieces"), {3, 4, 100});
}

TEST(DegradedBatches, ChangeWhatIsLearned) {
  const data::TrainingData data = test::brightnessData(50);
  test::TempFolder folder;
  const auto learned = [&](const Experiment& experiment, const std::string& name) {
    test::Session session{experiment, data, RunDirectory::create(folder / name)};
    session.train();
    return nn::readTensors(session.run.checkpoint("final")).tensors.at("conv1.weight");
  };
  EXPECT_FALSE(at::equal(learned(degradingExperiment(), "degraded"), learned(test::smallExperiment(2), "plain")));
}

}  // namespace
}  // namespace fer::train
