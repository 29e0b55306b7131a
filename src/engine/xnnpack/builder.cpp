#include "engine/xnnpack/builder.hpp"

#include <utility>

#include "engine/xnnpack/node.hpp"
#include "fer/core/error.hpp"

namespace fer::engine::xnnpack {
namespace {

using weights::OnnxNode;

/// Of one value for one image: sixty times the widest of fer's networks.
constexpr std::size_t kMostNumbers = std::size_t{1} << 25;

void requireMemory(const Value& value) {
  std::size_t left = kMostNumbers;
  for (const std::size_t side : {value.channels, value.height, value.width}) {
    if (side == 0 || side > left) throw dataError("more numbers than there is memory for, or none");
    left /= side;
  }
}

const std::string& inputOf(const OnnxNode& node, std::size_t input) {
  require(input < node.inputs.size(), "inputs are missing");
  return node.inputs[input];
}

}  // namespace

NetworkBuilder::NetworkBuilder(const weights::OnnxNodes& file, const ImageShape& images) : tensors_(file.tensors) {
  const auto side = [](int value) { return static_cast<std::size_t>(value); };
  const Value input{side(images.channels), side(images.height), side(images.width)};
  views_["images"] = {add(input), input};
  for (const OnnxNode& node : file.nodes)
    for (const std::string& taken : node.inputs) users_[taken].push_back(node.operation);
}

const NetworkBuilder::View& NetworkBuilder::view(const OnnxNode& node, std::size_t input) const {
  const auto found = views_.find(inputOf(node, input));
  if (found == views_.end()) throw dataError("takes " + node.inputs[input] + ", which no node before it gives");
  return found->second;
}

const Value& NetworkBuilder::maps(const OnnxNode& node, std::size_t input) const {
  require(!value(node, input).flat, "a vector where maps are needed");
  return value(node, input);
}

const weights::OnnxTensor& NetworkBuilder::tensor(const OnnxNode& node, std::size_t input) const {
  const auto found = tensors_.find(inputOf(node, input));
  if (found == tensors_.end()) throw dataError("takes " + node.inputs[input] + ", which is no tensor of the file");
  return found->second;
}

std::vector<float> NetworkBuilder::floats(const OnnxNode& node, std::size_t input, const Shape& shape) const {
  return floatsOf(tensor(node, input), shape);
}

void NetworkBuilder::step(const OnnxNode& node, Computation computation, std::initializer_list<std::size_t> inputs,
                          const Value& output) {
  std::vector<ValueId> taken;
  for (const std::size_t input : inputs) taken.push_back(view(node, input).of);
  const ValueId given = add(output);
  network_.steps.push_back({node.name, std::move(computation), std::move(taken), given});
  name(node, {given, output});
}

void NetworkBuilder::sumOfSteps(const OnnxNode& node, std::vector<Computation> parts, const Value& output,
                                Lowest lowest) {
  const ValueId input = view(node, 0).of;
  ValueId total = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const ValueId part = add(output);
    network_.steps.push_back({node.name, std::move(parts[i]), {input}, part});
    if (i == 0) {
      total = part;
      continue;
    }
    const ValueId next = add(output);
    const bool is_last = i + 1 == parts.size();
    network_.steps.push_back({node.name, sum(output, is_last ? lowest : kNoLowest), {total, part}, next});
    total = next;
  }
  name(node, {total, output});
}

void NetworkBuilder::same(const OnnxNode& node, const Value& as) {
  name(node, {view(node, 0).of, as});
}

void NetworkBuilder::sameTensor(const OnnxNode& node) {
  tensors_[node.outputs.front()] = weights::OnnxTensor(tensor(node, 0));
}

void NetworkBuilder::join(const OnnxNode& node, const Value& output) {
  const ValueId joined = add(output);
  std::size_t channel = 0;
  for (std::size_t input = 0; input < node.inputs.size(); ++input) {
    const View& part = view(node, input);
    network_.steps.push_back({node.name, copyTo(part.as, output, channel), {part.of}, joined});
    channel += part.as.channels;
  }
  name(node, {joined, output});
}

bool NetworkBuilder::isOnlyFor(const OnnxNode& node, const char* operation) const {
  const auto users = users_.find(node.outputs.front());
  return users != users_.end() && users->second.size() == 1 && users->second.front() == operation;
}

Lowest NetworkBuilder::lowest(const OnnxNode& node) {
  if (!isOnlyFor(node, "Relu")) return kNoLowest;
  rectified_.insert(node.outputs.front());
  return 0;
}

bool NetworkBuilder::isRectified(const OnnxNode& node, std::size_t input) const {
  return rectified_.contains(inputOf(node, input));
}

ValueId NetworkBuilder::add(const Value& value) {
  requireMemory(value);
  network_.values.push_back(value);
  return network_.values.size() - 1;
}

void NetworkBuilder::name(const OnnxNode& node, const View& view) {
  require(views_.emplace(node.outputs.front(), view).second, "an output that was given before");
}

Network NetworkBuilder::finish() {
  const auto output = views_.find("probabilities");
  require(output != views_.end(), "no node gives probabilities");
  network_.output = output->second.of;
  return std::move(network_);
}

}  // namespace fer::engine::xnnpack
