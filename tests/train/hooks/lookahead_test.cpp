#include "train/hooks/lookahead.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <torch/utils.h>

#include <nlohmann/json.hpp>

namespace fer::train {
namespace {

struct Ahead {
  std::shared_ptr<nn::Network> network = nn::makeModel({"generic", {1, 16, 16}, {"a", "b", "c"}, {}});
  std::unique_ptr<Hook> hook = lookahead({2, 0.25});

  void set(double value) {
    const torch::NoGradGuard no_grad;
    for (const auto& [name, tensor] : nn::namedState(*network)) at::Tensor(tensor).fill_(value);
  }
  void stepWith(double value) {
    set(value);
    hook->stepEnd({*network, 1, {}});
  }
  double weight() const { return network->parameters().front().flatten()[0].item<double>(); }
  double running() const { return network->buffers().front().flatten()[0].item<double>(); }
};

// Slow weights 4; after two steps at 8 a quarter of the way: 5. After two more at 13: 7.
TEST(Lookahead, GoesAPartOfTheWayEveryFewSteps) {
  Ahead ahead;
  ahead.set(4);
  ahead.hook->epochBegin(*ahead.network, {});
  ahead.stepWith(6);
  EXPECT_EQ(ahead.weight(), 6);
  ahead.stepWith(8);
  EXPECT_NEAR(ahead.weight(), 5, 1e-6);
  EXPECT_EQ(ahead.running(), 8);
  nlohmann::json state;
  nn::TensorFile file;
  ahead.hook->save(state, file);
  for (auto& [name, tensor] : file.tensors) tensor = tensor.clone();
  Ahead resumed;
  // As in a checkpoint, beside the model's own.
  for (const auto& [name, tensor] : nn::namedState(*resumed.network)) file.tensors[name] = tensor.detach();
  resumed.hook->restore(state, file);
  for (Ahead* each : {&ahead, &resumed}) {
    each->hook->epochBegin(*each->network, {});
    each->stepWith(10);
    each->stepWith(13);
    EXPECT_NEAR(each->weight(), 7, 1e-6);
  }
}

}  // namespace
}  // namespace fer::train
