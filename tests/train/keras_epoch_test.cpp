// vgg_block's first ten steps against those of Keras 2.12, from the same weights over the same 640 images, without
// dropout and augmentation, in float64: fixtures/keras/keras_epoch.json, written by oracles/keras_epoch.py, which says
// why not in float32. Network, step and optimiser are those of every training.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <iomanip>
#include <iostream>
#include <sstream>

#include "fer/data/labels.hpp"
#include "fer/graph/models/table.hpp"
#include "fer/nn/memory/layout.hpp"
#include "support/eager_step.hpp"
#include "support/formula.hpp"
#include "support/keras_fixture.hpp"
#include "support/network_state.hpp"
#include "train/optim/adam_step.hpp"
#include "train/optim/optimiser.hpp"

namespace fer::train {
namespace {

using nlohmann::json;
using test::numbers;

OptimiserOptions optionsOf(const json& given) {
  OptimiserOptions options;
  options.lr = given.at("learning_rate");
  options.beta1 = given.at("beta_1");
  options.beta2 = given.at("beta_2");
  options.epsilon = given.at("epsilon");
  return options;
}

std::shared_ptr<nn::Network> makeNetwork(at::ScalarType type, int side) {
  auto network = nn::makeModel({"vgg_block", {1, side, side}, data::fer2013Classes()});
  test::fillByFormula(*network);
  network->to(type);
  nn::useFastLayout(*network, c10::kCPU);
  test::trainWithoutDropout(*network);
  return network;
}

Optimiser makeAdam(const nn::Network& network, const OptimiserOptions& options) {
  std::vector<TrainedParameter> parameters;
  for (const auto& item : network.named_parameters()) parameters.push_back({item.key(), item.value()});
  return {parameters, options};
}

struct Epoch {
  std::vector<double> losses;  ///< of each step, before its update
  std::vector<std::int64_t> correct;
};

/// `rate` is the learning rate of step t, which is 1 at first.
template <class Rate>
Epoch train(nn::Network& network, Optimiser& adam, at::ScalarType type, const json& fixture, std::int64_t steps,
            Rate rate) {
  const auto classes = static_cast<std::uint32_t>(data::fer2013Classes().size());
  const std::vector<std::int64_t> kinds = test::kindsByFormula(fixture.at("images"), classes);
  const at::Tensor images = test::imagesByFormula(kinds, fixture.at("side")).to(type);
  const at::Tensor labels = at::tensor(test::labelsByFormula(kinds, classes));
  const std::int64_t size = fixture.at("batch");
  Epoch epoch;
  for (std::int64_t t = 1; t <= steps; ++t) {
    const Batch batch{images.narrow(0, (t - 1) * size, size), labels.narrow(0, (t - 1) * size, size)};
    const Sums sums = test::trainStep(network, adam, rate(t), batch);
    epoch.losses.push_back(sums.meanLoss());
    epoch.correct.push_back(sums.correct);
  }
  return epoch;
}

std::string table(const Epoch& ours, const json& keras, double state) {
  std::ostringstream text;
  for (std::size_t i = 0; i < ours.losses.size(); ++i) {
    const double loss = keras.at("losses").at(i);
    text << "step " << i + 1 << ": loss " << std::fixed << std::setprecision(12) << ours.losses[i] << ", Keras " << loss
         << ", difference " << std::scientific << std::setprecision(1) << ours.losses[i] - loss << "\n";
  }
  text << "largest difference of weights and running means: " << state << "\n";
  return text.str();
}

void compare(const json& fixture, const json& keras) {
  const OptimiserOptions options = optionsOf(keras.at("options"));
  const OptimiserOptions correction = optionsOf(keras.at("correction"));
  // Ours has one set of betas, Keras 2.12 two.
  const auto rate = [&](std::int64_t t) {
    return options.lr * correctedRate(correction, 1, t) / correctedRate(options, 1, t);
  };
  const auto network = makeNetwork(at::kDouble, fixture.at("side"));
  Optimiser adam = makeAdam(*network, options);
  const Epoch ours =
      train(*network, adam, at::kDouble, fixture, static_cast<std::int64_t>(keras.at("losses").size()), rate);
  const double state = test::stateDifference(*network, keras.at("state"));
  std::cout << keras.at("optimiser").get<std::string>() << "\n" << table(ours, keras, state);
  EXPECT_LE(test::largestDifference(ours.losses, numbers(keras.at("losses"))), 1e-9);
  EXPECT_EQ(ours.correct, keras.at("correct").get<std::vector<std::int64_t>>());
  EXPECT_LE(state, 1e-6);  // Keras takes the batch norms' momentum in float32
}

TEST(KerasEpoch, LossesAreKerasStepByStep) {
  const json fixture = test::kerasFixture("keras/keras_epoch.json");
  for (const json& keras : fixture.at("float64")) {
    SCOPED_TRACE(keras.at("optimiser").get<std::string>());
    compare(fixture, keras);
  }
}

TEST(KerasEpoch, InFloat32ItStartsFromTheSameLoss) {
  const json fixture = test::kerasFixture("keras/keras_epoch.json");
  const auto network = makeNetwork(at::kFloat, fixture.at("side"));
  Optimiser adam = makeAdam(*network, {});
  const Epoch ours = train(*network, adam, at::kFloat, fixture, 1, [](std::int64_t) { return 1e-3; });
  EXPECT_LE(test::largestDifference(ours.losses, numbers(fixture.at("float32"))), 1e-4);
}

}  // namespace
}  // namespace fer::train
