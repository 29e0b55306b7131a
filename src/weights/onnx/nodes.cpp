#include "fer/weights/onnx/nodes.hpp"

#include <protozero/pbf_reader.hpp>
#include <utility>

#include "weights/onnx/fields.hpp"
#include "weights/onnx/reading.hpp"

namespace fer::weights {
namespace {

using onnx::message;
using onnx::number;
using onnx::requireFewer;
using protozero::pbf_reader;

constexpr std::uint32_t real(std::uint32_t field) {
  return protozero::tag_and_type(field, protozero::pbf_wire_type::fixed32);
}

/// More than any network has, and few enough that a hostile file costs little memory.
constexpr std::size_t kMostNodes = 65536;
constexpr std::size_t kMostTensors = 65536;
constexpr std::size_t kMostOfANode = 1024;
constexpr std::size_t kMostIntegers = 64;

std::pair<std::string, OnnxAttribute> attributeOf(pbf_reader from) {
  std::string name;
  OnnxAttribute attribute;
  while (from.next()) {
    const std::uint32_t tag = from.tag_and_type();
    if (tag == message(onnx::attribute::kName)) {
      name = from.get_string();
    } else if (tag == number(onnx::attribute::kInt) || tag == number(onnx::attribute::kInts)) {
      requireFewer(attribute.integers.size(), kMostIntegers, "numbers of an attribute");
      attribute.integers.push_back(from.get_int64());
    } else if (tag == real(onnx::attribute::kFloat)) {
      attribute.number = from.get_float();
    } else if (tag == message(onnx::attribute::kString)) {
      attribute.text = from.get_string();
    } else {
      from.skip();
    }
  }
  return {std::move(name), std::move(attribute)};
}

void addName(std::vector<std::string>& names, pbf_reader& from) {
  requireFewer(names.size(), kMostOfANode, "inputs or outputs of a node");
  names.push_back(from.get_string());
}

OnnxNode nodeOf(pbf_reader from) {
  OnnxNode node;
  while (from.next()) {
    const std::uint32_t tag = from.tag_and_type();
    if (tag == message(onnx::node::kInput)) {
      addName(node.inputs, from);
    } else if (tag == message(onnx::node::kOutput)) {
      addName(node.outputs, from);
    } else if (tag == message(onnx::node::kName)) {
      node.name = from.get_string();
    } else if (tag == message(onnx::node::kOpType)) {
      node.operation = from.get_string();
    } else if (tag == message(onnx::node::kAttribute)) {
      requireFewer(node.attributes.size(), kMostOfANode, "attributes of a node");
      node.attributes.insert(attributeOf(from.get_message()));
    } else {
      from.skip();
    }
  }
  return node;
}

std::pair<std::string, OnnxTensor> tensorOf(pbf_reader from) {
  std::string name;
  OnnxTensor tensor;
  while (from.next()) {
    const std::uint32_t tag = from.tag_and_type();
    if (tag == message(onnx::tensor_proto::kName)) {
      name = from.get_string();
    } else if (tag == number(onnx::tensor_proto::kDims)) {
      requireFewer(tensor.shape.size(), kMostIntegers, "sides of a tensor");
      tensor.shape.push_back(from.get_int64());
    } else if (tag == number(onnx::tensor_proto::kDataType)) {
      tensor.type =
          from.get_int32() == onnx::tensor_proto::kFloat ? OnnxTensor::Type::kFloat32 : OnnxTensor::Type::kOther;
    } else if (tag == message(onnx::tensor_proto::kRawData)) {
      const protozero::data_view raw = from.get_view();
      tensor.bytes = {raw.data(), raw.size()};
    } else {
      from.skip();
    }
  }
  return {std::move(name), std::move(tensor)};
}

void readNodes(OnnxNodes& network, pbf_reader graph) {
  while (graph.next()) {
    if (graph.tag_and_type() == message(onnx::graph_proto::kNode)) {
      requireFewer(network.nodes.size(), kMostNodes, "nodes");
      network.nodes.push_back(nodeOf(graph.get_message()));
    } else if (graph.tag_and_type() == message(onnx::graph_proto::kInitializer)) {
      requireFewer(network.tensors.size(), kMostTensors, "tensors");
      network.tensors.insert(tensorOf(graph.get_message()));
    } else {
      graph.skip();
    }
  }
}

}  // namespace

OnnxNodes parseOnnxNodes(std::string_view bytes, const std::string& origin) {
  return onnx::readingOf(bytes, origin, [](pbf_reader model) {
    OnnxNodes network;
    while (model.next(onnx::model::kGraph, protozero::pbf_wire_type::length_delimited))
      readNodes(network, model.get_message());
    return network;
  });
}

}  // namespace fer::weights
