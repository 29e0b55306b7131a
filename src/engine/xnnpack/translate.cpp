#include "engine/xnnpack/translate.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include "engine/xnnpack/builder.hpp"
#include "engine/xnnpack/node.hpp"
#include "fer/core/error.hpp"

namespace fer::engine::xnnpack {
namespace {

using Builder = NetworkBuilder;
using Node = weights::OnnxNode;

/// Of a dense layer, summed one after the other. A sum over more of them would be less exact than other engines', which
/// add several rows of numbers side by side: 1e-5 of the probabilities of inception_block.
constexpr std::size_t kMostInputs = 16384;

std::int64_t sideOf(std::size_t size) {
  return static_cast<std::int64_t>(size);
}

/// How many outputs a weight has.
std::int64_t outputsOf(const weights::OnnxTensor& weight) {
  require(!weight.shape.empty() && weight.shape.front() > 0, "a weight without outputs");
  return weight.shape.front();
}

/// Of a convolution; without the attribute all outputs take all inputs.
std::size_t groupsOf(const Node& node, const Value& in, std::int64_t outputs) {
  if (!node.attributes.contains("group")) return 1;
  const std::int64_t groups = integers(node, "group", 1).front();
  require(groups > 0 && sideOf(in.channels) % groups == 0 && outputs % groups == 0,
          "groups that do not share the channels out evenly");
  return static_cast<std::size_t>(groups);
}

void addConv(Builder& to, const Node& node) {
  const Value in = to.maps(node, 0);
  const Window window = windowOf(node);
  const std::int64_t outputs = outputsOf(to.tensor(node, 1));
  const Value out = over(window, in, static_cast<std::size_t>(outputs));
  const std::size_t groups = groupsOf(node, in, outputs);
  const std::size_t inputs = in.channels / groups;
  const std::vector<float> weight =
      pixelAfterPixel(to.floats(node, 1, {outputs, sideOf(inputs), window.height, window.width}), inputs,
                      std::size_t{window.height} * window.width);
  to.step(node, convolution(in, out, window, groups, weight, to.floats(node, 2, {outputs}), to.lowest(node)), {0}, out);
}

void addGemm(Builder& to, const Node& node) {
  const Value in = to.value(node, 0);
  require(in.flat, "maps where a vector is needed");
  require(integers(node, "transB", 1).front() == 1, "a weight that is not transposed");
  const std::int64_t outputs = outputsOf(to.tensor(node, 1));
  const Value out{static_cast<std::size_t>(outputs), 1, 1, true};
  const std::vector<float> weight =
      pixelAfterPixel(to.floats(node, 1, {outputs, sideOf(in.size())}), in.channels, in.pixels());
  const std::vector<float> bias = to.floats(node, 2, {outputs});
  const Lowest lowest = to.lowest(node);
  std::vector<Computation> parts;
  for (std::size_t first = 0; first < in.size(); first += kMostInputs) {
    const Part part{first, std::min(kMostInputs, in.size() - first)};
    parts.push_back(fullyConnected(in.size(), part, out.size(), columnsOf(weight, in.size(), first, part.count),
                                   first == 0 ? bias : std::vector<float>(),
                                   in.size() > kMostInputs ? kNoLowest : lowest));
  }
  to.sumOfSteps(node, std::move(parts), out, lowest);
}

void addBatchNormalization(Builder& to, const Node& node) {
  const Value in = to.value(node, 0);
  const Value by_channel = in.flat ? Value{in.size()} : in;  // of a vector each feature is a channel
  const auto part = [&](std::size_t input) { return to.floats(node, input, {sideOf(by_channel.channels)}); };
  ScaleAndOffset norm = normOf(part(1), part(2), part(3), part(4), attribute(node, "epsilon").number);
  if (in.flat)
    for (std::vector<float>* const numbers : {&norm.scale, &norm.offset})
      *numbers = pixelAfterPixel(*numbers, in.channels, in.pixels());
  to.step(node, scaleAndOffset(by_channel, norm.scale, norm.offset, to.lowest(node)), {0}, in);
}

void addRelu(Builder& to, const Node& node) {
  const Value in = to.value(node, 0);
  if (to.isRectified(node, 0))
    to.same(node, in);
  else
    to.step(node, rectifier(in.size()), {0}, in);
}

void addSigmoid(Builder& to, const Node& node) {
  const Value in = to.value(node, 0);
  to.step(node, sigmoid(in.size()), {0}, in);
}

void addMaxPool(Builder& to, const Node& node) {
  const Value in = to.maps(node, 0);
  const Window window = windowOf(node);
  to.step(node, maxPool(in, window), {0}, over(window, in, in.channels));
}

void addGlobalAveragePool(Builder& to, const Node& node) {
  const Value in = to.maps(node, 0);
  to.step(node, meanPool(in), {0}, {in.channels});
}

void addFlatten(Builder& to, const Node& node) {
  requireFeatures(node);
  Value vector = to.maps(node, 0);
  vector.flat = true;
  to.same(node, vector);
}

/// Of a vector to maps of one pixel, for squeeze-and-excite: the only one that fer-export writes.
void addReshape(Builder& to, const Node& node) {
  const Value in = to.value(node, 0);
  require(in.isVector() && to.tensor(node, 1).shape == Shape{4}, "it does not make maps of a vector");
  to.same(node, {in.channels});
}

void addBilinear(Builder& to, const Node& node) {
  const Value in = to.maps(node, 0);
  const std::vector<float> scales = to.floats(node, 2, {4});
  require(scales[0] == 1 && scales[1] == 1, "scales of images or channels");
  const auto scaled = [](std::size_t side, float scale) {
    const float length = std::floor(static_cast<float>(side) * scale);
    require(length >= 1 && length <= static_cast<float>(kMostSide), "a scale out of all bounds");
    return static_cast<std::size_t>(length);
  };
  const Value out{in.channels, scaled(in.height, scales[2]), scaled(in.width, scales[3])};
  to.step(node, resize(in, out), {0}, out);
}

void addResize(Builder& to, const Node& node) {
  const std::string& mode = attribute(node, "mode").text;
  if (mode == "linear" && attribute(node, "coordinate_transformation_mode").text == "half_pixel")
    return addBilinear(to, node);
  // The factors of squeeze-and-excite are spread over the maps for OpenCV's sake. XNNPACK's product spreads them
  // itself.
  const Value in = to.maps(node, 0);
  require(mode == "nearest" && in.pixels() == 1 && to.isOnlyFor(node, "Mul"),
          "neither linear with half-pixel centres nor factors for maps");
  to.same(node, in);
}

void addConcat(Builder& to, const Node& node) {
  requireFeatures(node);
  Value out = to.maps(node, 0);
  for (std::size_t input = 1; input < node.inputs.size(); ++input) {
    const Value& in = to.maps(node, input);
    require(in.height == out.height && in.width == out.width, "maps of different sizes");
    out.channels += in.channels;
  }
  to.join(node, out);
}

void addAdd(Builder& to, const Node& node) {
  const Value both = to.value(node, 0);
  require(both == to.value(node, 1), "inputs of different shapes");
  to.step(node, sum(both, to.lowest(node)), {0, 1}, both);
}

void addMul(Builder& to, const Node& node) {
  const Value maps = to.maps(node, 0);
  const Value factors = to.maps(node, 1);
  require(maps.channels == factors.channels && factors.pixels() == 1, "no maps and factors for them");
  to.step(node, product(maps, factors, to.lowest(node)), {0, 1}, maps);
}

/// Of kernels that were float16 in the file, and are widened by now.
void addCast(Builder& to, const Node& node) {
  constexpr std::int64_t kFloat32 = 1;
  require(integers(node, "to", 1).front() == kFloat32, "another type than float32");
  to.sameTensor(node);
}

void addSoftmax(Builder& to, const Node& node) {
  requireFeatures(node);
  const Value in = to.value(node, 0);
  require(in.isVector(), "another input than a vector");
  to.step(node, softmax(in.size()), {0}, in);
}

struct Rule {
  const char* operation;
  std::string_view attributes;  ///< that are understood
  void (*add)(Builder&, const Node&);
};

constexpr std::array kRules{
    Rule{"Add", "", &addAdd},
    Rule{"BatchNormalization", " epsilon ", &addBatchNormalization},
    Rule{"Cast", " to ", &addCast},
    Rule{"Concat", " axis ", &addConcat},
    Rule{"Conv", " kernel_shape strides pads group ", &addConv},
    Rule{"Flatten", " axis ", &addFlatten},
    Rule{"Gemm", " transB ", &addGemm},
    Rule{"GlobalAveragePool", "", &addGlobalAveragePool},
    Rule{"MaxPool", " kernel_shape strides pads ", &addMaxPool},
    Rule{"Mul", "", &addMul},
    Rule{"Relu", "", &addRelu},
    Rule{"Reshape", "", &addReshape},
    Rule{"Resize", " mode coordinate_transformation_mode nearest_mode ", &addResize},
    Rule{"Sigmoid", "", &addSigmoid},
    Rule{"Softmax", " axis ", &addSoftmax},
};

void addNode(Builder& to, const Node& node) {
  const auto is = [&node](const Rule& rule) { return node.operation == rule.operation; };
  const auto* const rule = std::find_if(kRules.begin(), kRules.end(), is);
  require(rule != kRules.end(), "an operation that fer-export does not write");
  require(node.outputs.size() == 1, "not one output");
  for (const auto& [name, value] : node.attributes)
    if (rule->attributes.find(" " + name + " ") == std::string_view::npos)
      throw dataError("attribute " + name + ", which fer-export does not write");
  rule->add(to, node);
}

}  // namespace

Network networkOf(const weights::OnnxNodes& file, const ImageShape& images) {
  NetworkBuilder builder(file, images);
  for (const Node& node : file.nodes) {
    try {
      addNode(builder, node);
    } catch (const Error& error) {
      throw dataError("node " + node.name + ", " + node.operation + ": " + error.what());
    }
  }
  return builder.finish();
}

}  // namespace fer::engine::xnnpack
