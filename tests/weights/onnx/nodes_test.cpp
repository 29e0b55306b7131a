#include "fer/weights/onnx/nodes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "fer/core/error.hpp"
#include "fer/weights/onnx/write.hpp"
#include "support/error_of.hpp"
#include "support/every_layer.hpp"
#include "support/golden.hpp"

namespace fer::weights {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const OnnxNode& nodeNamed(const OnnxNodes& network, const std::string& name) {
  for (const OnnxNode& node : network.nodes)
    if (node.name == name) return node;
  throw std::out_of_range(name);
}

TEST(OnnxNodes, AreWhatTheWriterWrote) {
  const std::string bytes = test::fileText(FER_FIXTURES "/onnx/every_layer.onnx");
  const OnnxNodes network = parseOnnxNodes(bytes, "m.onnx");
  EXPECT_EQ(network.nodes.front().operation, "Concat");
  EXPECT_THAT(network.nodes.front().inputs, ElementsAre("images", "images", "images"));
  EXPECT_THAT(network.nodes.back().outputs, ElementsAre("probabilities"));

  const OnnxNode& conv = nodeNamed(network, "conv2");
  EXPECT_EQ(conv.operation, "Conv");
  EXPECT_THAT(conv.inputs, ElementsAre("sum", "conv2.weight", "conv2.bias"));
  EXPECT_THAT(conv.attributes.at("strides").integers, ElementsAre(2, 2));
  EXPECT_THAT(conv.attributes.at("pads").integers, ElementsAre(1, 1, 1, 1));
  EXPECT_THAT(nodeNamed(network, "conv3").attributes.at("group").integers, ElementsAre(4));
  EXPECT_THAT(network.tensors.at("conv3.weight").shape, ElementsAre(16, 2, 3, 3));
  EXPECT_EQ(conv.attributes.count("group"), 0U);
  EXPECT_EQ(nodeNamed(network, "bn2").attributes.at("epsilon").number, 1e-5F);
  EXPECT_EQ(nodeNamed(network, "resize").attributes.at("mode").text, "linear");
  EXPECT_THAT(nodeNamed(network, "resize").inputs, ElementsAre("normalise", "", "resize.scales"));
  EXPECT_THAT(nodeNamed(network, "relu2").attributes, IsEmpty());

  const OnnxTensor& weight = network.tensors.at("conv2.weight");
  EXPECT_EQ(weight.type, OnnxTensor::Type::kFloat32);
  EXPECT_THAT(weight.shape, ElementsAre(4, 4, 3, 3));
  ASSERT_EQ(weight.bytes.size(), 576U);  // four bytes each
  float second = 0;
  std::memcpy(&second, weight.bytes.data() + sizeof second, sizeof second);
  EXPECT_EQ(second, test::layerNumber(1, false));
  EXPECT_EQ(network.tensors.at("se.scale.shape").type, OnnxTensor::Type::kOther);
}

TEST(OnnxNodes, RefuseWhatIsNoModel) {
  const std::string whole = test::fileText(FER_FIXTURES "/onnx/every_layer.onnx");
  const auto errorFor = [](const std::string& bytes) {
    return test::errorOf(Fault::kData, [&] { parseOnnxNodes(bytes, "m.onnx"); });
  };
  EXPECT_THAT(errorFor(whole.substr(0, whole.size() / 2)), HasSubstr("m.onnx: not an ONNX model, or damaged"));
  EXPECT_THAT(errorFor("\x89PNG\r\n\x1a\n and more"), HasSubstr("m.onnx: not an ONNX model"));
  // A graph (7) of a node (1) whose attribute (5) has 65 integers (8) of 0: each of two bytes.
  std::string integers;
  for (int i = 0; i < 65; ++i) integers += std::string("\x40\x00", 2);
  const auto within = [](char tag, const std::string& content) {
    const auto low = static_cast<char>(content.size() % 128 + 128);
    return std::string{tag, low, static_cast<char>(content.size() / 128)} + content;
  };
  EXPECT_THAT(errorFor(within('\x3A', within('\x0A', within('\x2A', integers)))),
              HasSubstr("more than 64 numbers of an attribute"));
}

}  // namespace
}  // namespace fer::weights
