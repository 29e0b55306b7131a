#include "fer/weights/onnx/write.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "fer/core/error.hpp"
#include "fer/weights/onnx/metadata.hpp"
#include "fer/weights/onnx/widen.hpp"
#include "support/every_layer.hpp"
#include "support/golden.hpp"
#include "weights/onnx/fold.hpp"

namespace fer::weights {
namespace {

using ::testing::ElementsAre;
using ::testing::FloatEq;

// tests/oracles/onnx_runtime.py holds the fixture against onnx.checker and ONNX Runtime, tests/nn against LibTorch.
TEST(OnnxModel, OfEveryLayerIsAsItWasChecked) {
  const graph::Graph graph = test::everyLayer();
  test::expectGolden(onnxModel(graph, test::tensorsOf(graph), {{"fer", "{\"model\": \"every layer\"}"}}),
                     "onnx/every_layer.onnx");
}

/// One 1 x 1 convolution without bias, 1 to 2 channels, and a norm behind it.
graph::Graph convAndNorm(double epsilon) {
  graph::Graph graph({1, 2, 2});
  graph.add("conv", graph::Convolution{2, 1, 1, false}, {0});
  graph.add("bn", graph::BatchNorm{epsilon}, {1});
  return graph;
}

Tensor tensor(std::vector<float> values, std::vector<std::int64_t> shape) {
  Tensor tensor{{DType::kFloat32, std::move(shape)}, Bytes(values.size() * sizeof(float))};
  std::memcpy(tensor.bytes.data(), values.data(), tensor.bytes.size());
  return tensor;
}

std::map<std::string, Tensor> numbers() {
  return {{"conv.weight", tensor({2, -3}, {2, 1, 1, 1})},
          {"bn.weight", tensor({4, 0.5}, {2})},
          {"bn.bias", tensor({1, 7}, {2})},
          {"bn.running_mean", tensor({10, -2}, {2})},
          {"bn.running_var", tensor({3, 15}, {2})}};
}

// With an epsilon of 1 the scales are 4 / sqrt(4) = 2 and 0.5 / sqrt(16) = 1/8: kernels 4 and -3/8, biases
// (0 - 10) 2 + 1 = -19 and (0 + 2) / 8 + 7 = 7.25.
TEST(FoldedWeights, TakeANormIntoTheLayerBeforeIt) {
  const graph::Graph graph = convAndNorm(1);
  const auto tensors = numbers();
  const FoldedWeights folded(graph, tensors);
  EXPECT_THAT(folded.kernel(1).weight, ElementsAre(FloatEq(4), FloatEq(-0.375)));
  EXPECT_THAT(folded.kernel(1).bias, ElementsAre(FloatEq(-19), FloatEq(7.25)));
  EXPECT_EQ(folded.foldedInto(2), std::optional<graph::LayerId>(1));
}

// Of a depthwise convolution each output has one input's kernel.
TEST(FoldedWeights, TakeANormIntoGroups) {
  graph::Graph graph({2, 2, 2});
  graph.add("conv", graph::Convolution{2, 1, 1, false, 2}, {0});
  graph.add("bn", graph::BatchNorm{1}, {1});
  const auto tensors = numbers();
  const FoldedWeights folded(graph, tensors);
  EXPECT_THAT(folded.kernel(1).weight, ElementsAre(FloatEq(4), FloatEq(-0.375)));
}

TEST(FoldedWeights, LeaveANormWhoseInputSomebodyElseTakes) {
  graph::Graph graph = convAndNorm(1);
  graph.add("sum", graph::Add{}, {1, 2});
  const auto tensors = numbers();
  const FoldedWeights folded(graph, tensors);
  EXPECT_THAT(folded.kernel(1).weight, ElementsAre(2, -3));
  EXPECT_EQ(folded.foldedInto(2), std::nullopt);
}

/// The kernels of everyLayer() as float16 has them: a norm folded into them first.
TEST(OnnxModel, InHalvesIsTheSameOnceItIsWidened) {
  const graph::Graph graph = test::everyLayer();
  const auto tensors = test::tensorsOf(graph);
  const std::string whole = onnxModel(graph, tensors, {});
  const std::string half = onnxModel(graph, tensors, {}, OnnxKernels::kFloat16);
  EXPECT_FALSE(parseOnnxHeader(whole, "m").has_half);
  EXPECT_TRUE(parseOnnxHeader(half, "m").has_half);
  EXPECT_EQ(widenedOnnx(whole, "m"), whole);  // not a byte is lost
  const std::string widened = widenedOnnx(half, "m");
  EXPECT_FALSE(parseOnnxHeader(widened, "m").has_half);
  std::size_t kernels = 0;
  for (const char* layer : {"conv1", "conv2", "conv3", "conv4", "se.dense1", "se.dense2", "dense1", "dense2"})
    kernels += FoldedWeights(graph, tensors).kernel(graph.find(layer)).weight.size();
  // Two bytes more for each number, and for some a length that takes a byte more.
  EXPECT_NEAR(static_cast<double>(widened.size() - half.size()), static_cast<double>(2 * kernels), 12);
  EXPECT_THROW(widenedOnnx(half.substr(0, half.size() - 1), "m"), Error);
}

TEST(OnnxModel, RefusesWeightsThatHalvesCannotHold) {
  const graph::Graph graph = convAndNorm(1);
  auto tensors = numbers();
  tensors["bn.weight"] = tensor({4, 1e6}, {2});
  EXPECT_NO_THROW(onnxModel(graph, tensors, {}));
  try {
    onnxModel(graph, tensors, {}, OnnxKernels::kFloat16);
    ADD_FAILURE() << "no error";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("layer conv: a weight of -750000"));
  }
}

TEST(OnnxModel, RefusesTensorsThatAreNotTheGraphs) {
  const graph::Graph graph = convAndNorm(1);
  auto tensors = numbers();
  tensors["bn.bias"] = tensor({1, 2, 3}, {3});
  EXPECT_THROW(onnxModel(graph, tensors, {}), std::invalid_argument);
  tensors = numbers();
  tensors.erase("conv.weight");
  EXPECT_THROW(onnxModel(graph, tensors, {}), std::invalid_argument);
}

}  // namespace
}  // namespace fer::weights
