// Logits and running values of the five networks against Keras 2.12, and of vgg16 and resnet50 against PyTorch, all
// with weights and images of one formula, in float64 and in float32: fixtures/keras/keras_forward.json and
// fixtures/torch_forward.json, written by oracles/keras_forward.py and oracles/torch_forward.py.
#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <torch/utils.h>

#include "fer/data/labels.hpp"
#include "fer/graph/models/table.hpp"
#include "fer/nn/memory/layout.hpp"
#include "support/formula.hpp"
#include "support/keras_fixture.hpp"
#include "support/network_state.hpp"

namespace fer::nn {
namespace {

using nlohmann::json;
using test::numbers;

std::vector<double> flat(const at::Tensor& tensor) {
  const at::Tensor wide = tensor.detach().to(at::kDouble).contiguous();
  return {wide.data_ptr<double>(), wide.data_ptr<double>() + wide.numel()};
}

std::vector<double> flat(const json& rows) {
  std::vector<double> values;
  for (const json& row : rows)
    for (const double value : numbers(row)) values.push_back(value);
  return values;
}

at::Tensor images(const json& kinds) {
  return test::imagesByFormula(kinds.get<std::vector<std::int64_t>>());
}

struct Differences {
  double evaluation;
  double training;
  double running;
};

Differences differences(Network& network, at::ScalarType type, const json& c) {
  const torch::NoGradGuard no_grad;
  test::fillByFormula(network);
  network.to(type);
  if (type == at::kFloat) useFastLayout(network, c10::kCPU);  // what trainings and evaluations run on
  const auto input = [&](const char* kinds) {
    const at::Tensor plain = images(c.at(kinds)).to(type);
    return type == at::kFloat ? fastLayout(plain) : plain;
  };
  network.eval();
  const at::Tensor evaluated = network.forward(input("evaluated"));
  test::trainWithoutDropout(network);
  const at::Tensor trained = network.forward(input("trained"));
  return {test::largestDifference(flat(evaluated), flat(c.at("evaluation_logits"))),
          test::largestDifference(flat(trained), flat(c.at("training_logits"))),
          test::stateDifference(network, c.at("running"))};
}

Differences print(const Differences& found, const std::string& what, const json& c) {
  std::cout << what << ": " << c.at("model").get<std::string>() << ": evaluation " << found.evaluation << ", training "
            << found.training << ", running values " << found.running << " of " << c.at("running").size()
            << " tensors\n";
  return found;
}

void compare(const std::string& origin, const json& fixture) {
  ASSERT_EQ(fixture.at("float32").size(), fixture.at("float64").size());
  for (std::size_t i = 0; i < fixture.at("float32").size(); ++i) {
    const json& exact = fixture.at("float64").at(i);
    const json& single = fixture.at("float32").at(i);
    const std::string name = exact.at("model");
    SCOPED_TRACE(origin + ", " + name);
    const auto network = makeModel({name, {1, 48, 48}, data::fer2013Classes()});

    // In float64 nothing but the formulas is left to differ.
    const Differences wide = print(differences(*network, at::kDouble, exact), origin + ", float64", exact);
    EXPECT_LE(wide.evaluation, 1e-10);
    EXPECT_LE(wide.training, 1e-10);
    EXPECT_LE(wide.running, 1e-8);  // Keras takes the momentum in float32

    const Differences narrow = print(differences(*network, at::kFloat, single), origin + ", float32", single);
    EXPECT_LE(narrow.evaluation, 1e-4);
    // In training mode the batch norms of the two deep bodies' heads and of resnet50, over 8 images, pass every
    // rounding on enlarged: TensorFlow and PyTorch differ by 1.2e-4 themselves.
    const bool deep = !graph::modelEntry(name).foreign_heads.empty();
    EXPECT_LE(narrow.training, deep ? 1e-3 : 1e-4);
    EXPECT_LE(narrow.running, 1e-4);
  }
}

TEST(KerasForward, LogitsAndRunningValuesAreKeras) {
  const json fixture = test::kerasFixture("keras/keras_forward.json");
  EXPECT_EQ(fixture.at("float64").size(), 5U);  // the original's, which compact is not one of
  compare("Keras", fixture);
}

TEST(TorchForward, BodiesAreTorchvisions) {
  compare("PyTorch", test::kerasFixture("torch_forward.json"));
}

}  // namespace
}  // namespace fer::nn
