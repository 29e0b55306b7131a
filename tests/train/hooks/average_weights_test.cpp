#include "train/hooks/average_weights.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <torch/utils.h>

#include <nlohmann/json.hpp>

#include "fer/nn/network.hpp"
#include "support/error_of.hpp"

namespace fer::train {
namespace {

struct Averaged {
  std::shared_ptr<nn::Network> network = nn::makeModel({"generic", {1, 16, 16}, {"a", "b", "c"}, {}});
  std::unique_ptr<Hook> hook;

  explicit Averaged(std::unique_ptr<Hook> averaging) : hook(std::move(averaging)) {}
  explicit Averaged(const EmaOptions& options) : Averaged(averageWeights(options)) {}

  void stepWith(double value) {
    const torch::NoGradGuard no_grad;
    for (const auto& [name, tensor] : nn::namedState(*network)) at::Tensor(tensor).fill_(value);
    hook->stepEnd({*network, 1, {}});
  }
  double weight() const { return nn::namedState(*network).front().second.flatten()[0].item<double>(); }
};

// 1, then 0.75 * 1 + 0.25 * 5 = 2, then 0.75 * 2 + 0.25 * 6 = 3.
TEST(AverageWeights, AreTheFormulaAndAreLent) {
  Averaged averaged({0.75, false});
  for (const double value : {1.0, 5.0, 6.0}) averaged.stepWith(value);
  averaged.hook->evaluationBegin(*averaged.network);
  EXPECT_NEAR(averaged.weight(), 3, 1e-6);
  averaged.hook->evaluationEnd(*averaged.network);
  EXPECT_EQ(averaged.weight(), 6);
}

// Epochs of two steps, weights 1, 2, 3 ...: before the epoch that counts first they are the network's own, 2; then 4,
// (4 + 6) / 2, (4 + 6 + 8) / 3.
TEST(AverageWeights, OfEpochsAreTheirMeanFromTheFirstThatCounts) {
  Averaged averaged(averageWeights(SwaOptions{1}, 2));
  double weight = 0;
  for (const double expected : {2, 4, 5, 6}) {
    averaged.stepWith(++weight);
    averaged.stepWith(++weight);
    averaged.hook->evaluationBegin(*averaged.network);
    EXPECT_NEAR(averaged.weight(), expected, 1e-6);
    averaged.hook->evaluationEnd(*averaged.network);
    EXPECT_EQ(averaged.weight(), weight);
  }
}

TEST(AverageWeights, ForgetTheFirstWeightsSoon) {
  const EmaOptions options{0.999, true};
  EXPECT_NEAR(emaDecay(options, 0), 0.1, 1e-12);
  EXPECT_NEAR(emaDecay(options, 8), 0.5, 1e-12);
  EXPECT_EQ(emaDecay(options, 100000), 0.999);
  EXPECT_EQ(emaDecay({0.999, false}, 0), 0.999);
}

TEST(AverageWeights, GoOnFromWhatWasSaved) {
  Averaged first({0.75, false});
  first.stepWith(1);
  first.stepWith(5);
  nlohmann::json state;
  nn::TensorFile file;
  first.hook->save(state, file);
  for (auto& [name, tensor] : file.tensors) tensor = tensor.clone();
  Averaged second({0.75, false});
  second.hook->restore(state, file);
  for (Averaged* each : {&first, &second}) {
    each->stepWith(6);
    each->hook->evaluationBegin(*each->network);
    EXPECT_NEAR(each->weight(), 3, 1e-6);
  }
  EXPECT_NE(test::errorOf(Fault::kData,
                          [&] {
                            second.hook->restore({{"steps", 2}}, {});
                          })
                .find("averaged weights are missing"),
            std::string::npos);
}

TEST(AverageWeights, AreRefusedWhereTheyAreNotTheWholeModels) {
  Averaged averaged({0.75, false});
  averaged.stepWith(1);
  nlohmann::json state;
  nn::TensorFile file;
  averaged.hook->save(state, file);
  for (const auto& [name, tensor] : nn::namedState(*averaged.network)) file.tensors[name] = tensor;
  averaged.hook->restore(state, file);
  file.tensors.erase("ema/conv1.weight");
  EXPECT_EQ(test::errorOf(Fault::kData, [&] { averaged.hook->restore(state, file); }),
            "the training state is damaged: ema/conv1.weight is missing or misshaped. Use another checkpoint.");
}

}  // namespace
}  // namespace fer::train
