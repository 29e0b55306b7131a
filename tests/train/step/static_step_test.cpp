#include "train/step/static_step.hpp"

#include <ATen/ATen.h>
#include <ATen/Context.h>
#include <gtest/gtest.h>
#include <torch/utils.h>

#include <cmath>
#include <limits>

#include "fer/graph/models/table.hpp"
#include "fer/nn/device.hpp"
#include "fer/nn/layers/initialise.hpp"
#include "fer/nn/memory/layout.hpp"
#include "support/eager_step.hpp"
#include "support/trained_parameters.hpp"
#include "train/step/rehearsal.hpp"

namespace fer::train {
namespace {

constexpr double kRate = 1e-3;

/// A network with batch norm, dropout and an optimiser, the same in every one made.
struct Training {
  std::shared_ptr<nn::Network> network = nn::makeModel({"generic", {1, 16, 16}, {"a", "b", "c"}, {}});
  std::unique_ptr<Optimiser> adam;

  Training() {
    nn::setComputeThreads(1);
    nn::initialise(*network, 1);
    nn::useFastLayout(*network, c10::kCPU);
    network->position()->seed = 1;
    network->train();
    adam = std::make_unique<Optimiser>(test::trainedParameters(*network), OptimiserOptions{});
  }

  at::Tensor rates(std::size_t steps) const { return adam->rates(std::vector<double>(steps, kRate)); }

  /// Everything that a step changes, by name.
  nn::TensorFile state() const {
    nn::TensorFile file;
    adam->save(file);
    for (const auto& item : network->named_parameters()) file.tensors[item.key()] = item.value().detach();
    for (const auto& item : network->named_buffers()) file.tensors[item.key()] = item.value();
    for (auto& [name, tensor] : file.tensors) tensor = tensor.clone();
    return file;
  }
};

Batch batchOf(std::int64_t images, int seed) {
  const at::Tensor line = at::arange(images * 256, at::kFloat);
  return {(line * 0.013 + seed).sin().abs().view({images, 1, 16, 16}), at::arange(images, at::kLong).remainder(3)};
}

double apart(const at::Tensor& a, const at::Tensor& b) {
  return (a - b).abs().max().item<double>();
}

TEST(StaticStep, IsTrainStepUpToRounding) {
  Training plain;
  Training fixed;
  StaticStep step(*fixed.network, *fixed.adam, 8, {1, 16, 16}, {});
  const at::Tensor rates = fixed.rates(2);
  for (const std::int64_t images : {8, 5}) {  // a whole batch, a partial one
    const int number = images == 8 ? 0 : 1;
    const Batch batch = batchOf(images, number);
    plain.network->position()->step = fixed.network->position()->step = static_cast<std::uint32_t>(number);
    const Sums expected = test::trainStep(*plain.network, *plain.adam, kRate, batch);
    step.load(batch, rates[number]);
    EXPECT_EQ(step.full(), images == 8);
    const Forward found = step.run();
    EXPECT_NEAR(found.loss.item<double>(), expected.meanLoss(), 1e-5);
    EXPECT_EQ(found.correct.item<std::int64_t>(), expected.correct);
    if (number > 0) break;  // gradients that are zero but for rounding move weights by the rate from the second step on
    const nn::TensorFile a = plain.state();
    const nn::TensorFile b = fixed.state();
    for (const auto& [name, tensor] : a.tensors) EXPECT_LE(apart(tensor, b.tensors.at(name)), 1e-6) << name;
  }
}

// The promise that a recording lives by: the same call does the next batch once its place holds that.
TEST(StaticStep, ReadsWhatWasLoadedLast) {
  Training training;
  training.network->eval();  // no dropout, so that the loss depends on the batch alone
  StaticStep step(*training.network, *training.adam, 8, {1, 16, 16}, {});
  const at::Tensor none = training.adam->rates(std::vector<double>{0})[0];  // a rate of zero changes no weight
  const auto lossOf = [&](int seed) {
    step.load(batchOf(8, seed), none);
    return step.run().loss.item<double>();
  };
  const double first = lossOf(0);
  const double second = lossOf(1);
  EXPECT_NE(first, second);
  EXPECT_EQ(lossOf(0), first);
}

TEST(StaticStep, ShowsALossThatIsNotFinite) {
  Training training;
  StaticStep step(*training.network, *training.adam, 8, {1, 16, 16}, {});
  Batch batch = batchOf(8, 0);
  batch.images[0][0][0][0] = std::numeric_limits<float>::infinity();
  step.load(batch, training.rates(1)[0]);
  EXPECT_FALSE(std::isfinite(step.run().loss.item<double>()));
}

TEST(Rehearse, LeavesNoTrace) {
  Training training;
  StaticStep step(*training.network, *training.adam, 8, {1, 16, 16}, {});
  const at::Tensor rates = training.rates(4);
  step.load(batchOf(8, 0), rates[0]);
  step.run();  // so that no moment is zero
  const nn::TensorFile before = training.state();
  at::Generator generator = at::globalContext().defaultGenerator(c10::kCPU);
  const at::Tensor random = generator.get_state().clone();
  int runs = 0;
  rehearse(*training.network, *training.adam, c10::kCPU, 3, [&] {
    step.load(batchOf(8, runs), rates[1 + runs]);
    step.run();
    at::rand({7});
    ++runs;
    EXPECT_FALSE(at::equal(training.state().tensors.at("conv1.weight"), before.tensors.at("conv1.weight")));
    EXPECT_FALSE(at::equal(training.state().tensors.at("bn1.running_mean"), before.tensors.at("bn1.running_mean")));
  });
  EXPECT_EQ(runs, 3);
  const nn::TensorFile after = training.state();
  ASSERT_GT(before.tensors.size(), 50U);
  for (const auto& [name, tensor] : before.tensors) EXPECT_TRUE(at::equal(tensor, after.tensors.at(name))) << name;
  EXPECT_TRUE(at::equal(generator.get_state(), random));
}

}  // namespace
}  // namespace fer::train
