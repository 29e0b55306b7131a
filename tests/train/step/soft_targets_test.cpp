#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>

#include "fer/data/dataset.hpp"
#include "fer/graph/models/table.hpp"
#include "fer/nn/layers/initialise.hpp"
#include "fer/train/batch/batches.hpp"
#include "support/eager_step.hpp"
#include "train/batch/resident_batches.hpp"
#include "train/step/static_step.hpp"

namespace fer::train {
namespace {

/// A network that says log(1), log(2), log(5) of every image: probabilities 1/8, 2/8, 5/8.
struct SureNetwork {
  std::shared_ptr<nn::Network> network = nn::makeModel({"generic", {1, 16, 16}, {"a", "b", "c"}, {}});

  SureNetwork() {
    nn::initialise(*network, 1);
    const torch::NoGradGuard no_grad;
    at::Tensor weight;
    at::Tensor bias;
    for (const auto& item : network->named_parameters()) {
      if (item.value().dim() == 2 && item.value().size(0) == 3) weight = item.value();
      if (item.value().dim() == 1 && item.value().size(0) == 3) bias = item.value();
    }
    weight.zero_();
    bias.copy_(at::tensor({1.0, 2.0, 5.0}).log());
    network->eval();
  }
};

Batch twoImages(const at::Tensor& targets) {
  return {at::zeros({2, 1, 16, 16}), at::tensor({0, 2}, at::kLong), targets};
}

// -1/4 ln(1/8) - 3/4 ln(5/8) for the first, -ln(2/8) for the second; their mean.
TEST(SoftTargets, AreTheWeightsOfTheCrossEntropy) {
  SureNetwork sure;
  const double first = 0.25 * std::log(8.0) + 0.75 * std::log(8.0 / 5);
  const double second = std::log(4.0);
  const Sums soft =
      test::evaluateStep(*sure.network, twoImages(at::tensor({0.25F, 0.F, 0.75F, 0.F, 1.F, 0.F}).view({2, 3})));
  EXPECT_NEAR(soft.meanLoss(), (first + second) / 2, 1e-6);
  EXPECT_EQ(soft.correct, 1);  // labels 0 and 2; class 2 is said of both
  EXPECT_EQ(soft.images, 2);
}

TEST(SoftTargets, OfOneClassEachAreTheLabels) {
  SureNetwork sure;
  const Sums hard = test::evaluateStep(*sure.network, twoImages({}));
  const Sums soft =
      test::evaluateStep(*sure.network, twoImages(at::tensor({1.F, 0.F, 0.F, 0.F, 0.F, 1.F}).view({2, 3})));
  EXPECT_NEAR(hard.meanLoss(), (std::log(8.0) + std::log(8.0 / 5)) / 2, 1e-6);
  EXPECT_NEAR(soft.meanLoss(), hard.meanLoss(), 1e-6);
  EXPECT_EQ(soft.correct, hard.correct);
}

// d loss / d bias of a softmax is probability minus target, whatever the target: 1/8 - 1/4, 2/8, 5/8 - 3/4.
TEST(SoftTargets, GiveTheGradientOfTheirDistribution) {
  SureNetwork sure;
  Batch batch{at::zeros({1, 1, 16, 16}), at::tensor({2}, at::kLong), at::tensor({0.25F, 0.F, 0.75F}).view({1, 3})};
  forward(*sure.network, batch).loss.backward();
  for (const auto& item : sure.network->named_parameters()) {
    if (item.value().dim() != 1 || item.value().size(0) != 3) continue;
    const float* gradient = item.value().grad().data_ptr<float>();
    EXPECT_NEAR(gradient[0], -0.125, 1e-6);
    EXPECT_NEAR(gradient[1], 0.25, 1e-6);
    EXPECT_NEAR(gradient[2], -0.125, 1e-6);
  }
}

data::Dataset softDataset() {
  data::DatasetColumns columns{std::vector<std::uint8_t>(std::size_t{3} * 256), {0, 1, 2}, {0, 0, 0}, {0, 1, 2}};
  columns.targets = {1, 0, 0, 0.5F, 0.5F, 0, 0, 0.25F, 0.75F};
  return {{1, 16, 16}, {"a", "b", "c"}, columns};
}

TEST(SoftTargets, GoWithTheirRowsIntoEveryBatch) {
  const data::Dataset dataset = softDataset();
  const std::uint32_t rows[] = {2, 1};
  const at::Tensor expected = at::tensor({0.F, 0.25F, 0.75F, 0.5F, 0.5F, 0.F}).view({2, 3});
  EXPECT_TRUE(at::equal(plainBatch(dataset, {}, rows).targets, expected));
  const TrainingBatches training{dataset, {}, {{}, {}, dataset.shape()}, 1};
  EXPECT_TRUE(at::equal(training.make(rows, 0).targets, expected));
  ResidentBatches resident(dataset, {}, {}, 1, 2, c10::kCPU);
  EXPECT_TRUE(at::equal(resident.plain(resident.upload(rows)).targets, expected));
  resident.beginEpoch(rows, 0);
  EXPECT_TRUE(at::equal(resident.augmented(0).targets, expected));
}

TEST(SoftTargets, AreReadByTheStepThatStaysInPlace) {
  SureNetwork plain;
  SureNetwork fixed;
  Optimiser none({}, {});
  StaticStep step(*fixed.network, none, 4, {1, 16, 16}, {});
  const Batch batch = twoImages(at::tensor({0.25F, 0.F, 0.75F, 0.F, 1.F, 0.F}).view({2, 3}));
  step.load(batch, none.rates(std::vector<double>{0})[0]);
  EXPECT_NEAR(step.run().loss.item<double>(), test::evaluateStep(*plain.network, batch).meanLoss(), 1e-6);
}

}  // namespace
}  // namespace fer::train
