#include "fer/weights/onnx/metadata.hpp"

#include <protozero/pbf_reader.hpp>

#include "fer/core/error.hpp"
#include "weights/onnx/fields.hpp"
#include "weights/onnx/reading.hpp"

namespace fer::weights {
namespace {

using onnx::message;
using onnx::number;
using onnx::requireFewer;
using protozero::pbf_reader;
using protozero::pbf_wire_type;

/// More than any network has, and few enough that a hostile file costs no memory.
constexpr std::size_t kMostValues = 1024;
constexpr std::size_t kMostSides = 64;
constexpr std::size_t kMostProperties = 1024;

std::int64_t sideOf(pbf_reader side) {
  std::int64_t length = -1;
  while (side.next()) {
    if (side.tag_and_type() == number(onnx::value_info::kDimValue))
      length = side.get_int64();
    else
      side.skip();
  }
  return length;
}

std::vector<std::int64_t> shapeOf(pbf_reader shape) {
  std::vector<std::int64_t> sides;
  while (shape.next(onnx::value_info::kDim, pbf_wire_type::length_delimited)) {
    requireFewer(sides.size(), kMostSides, "sides of a shape");
    sides.push_back(sideOf(shape.get_message()));
  }
  return sides;
}

OnnxValue valueOf(pbf_reader info) {
  OnnxValue value;
  while (info.next()) {
    if (info.tag_and_type() == message(onnx::value_info::kName)) {
      value.name = info.get_string();
    } else if (info.tag_and_type() == message(onnx::value_info::kType)) {
      pbf_reader type = info.get_message();
      while (type.next(onnx::value_info::kTensorType, pbf_wire_type::length_delimited)) {
        pbf_reader tensor = type.get_message();
        while (tensor.next(onnx::value_info::kShape, pbf_wire_type::length_delimited))
          value.shape = shapeOf(tensor.get_message());
      }
    } else {
      info.skip();
    }
  }
  return value;
}

void addValue(std::vector<OnnxValue>& values, pbf_reader info) {
  requireFewer(values.size(), kMostValues, "inputs or outputs");
  values.push_back(valueOf(info));
}

bool isHalf(pbf_reader tensor) {
  while (tensor.next(onnx::tensor_proto::kDataType, pbf_wire_type::varint))
    if (tensor.get_int32() == onnx::tensor_proto::kFloat16) return true;
  return false;
}

void readGraph(OnnxHeader& header, pbf_reader graph) {
  while (graph.next()) {
    if (graph.tag_and_type() == message(onnx::graph_proto::kInput))
      addValue(header.inputs, graph.get_message());
    else if (graph.tag_and_type() == message(onnx::graph_proto::kOutput))
      addValue(header.outputs, graph.get_message());
    else if (graph.tag_and_type() == message(onnx::graph_proto::kInitializer))
      header.has_half = isHalf(graph.get_message()) || header.has_half;
    else
      graph.skip();
  }
}

void readProperty(Metadata& metadata, pbf_reader property) {
  requireFewer(metadata.size(), kMostProperties, "metadata entries");
  std::string key;
  std::string value;
  while (property.next()) {
    if (property.tag_and_type() == message(onnx::model::kPropKey))
      key = property.get_string();
    else if (property.tag_and_type() == message(onnx::model::kPropValue))
      value = property.get_string();
    else
      property.skip();
  }
  metadata[std::move(key)] = std::move(value);
}

OnnxHeader readModel(pbf_reader model) {
  OnnxHeader header;
  bool has_graph = false;
  while (model.next()) {
    if (model.tag_and_type() == message(onnx::model::kGraph)) {
      has_graph = true;
      readGraph(header, model.get_message());
    } else if (model.tag_and_type() == message(onnx::model::kMetadataProps)) {
      readProperty(header.metadata, model.get_message());
    } else {
      model.skip();
    }
  }
  if (!has_graph) throw dataError("it holds no network");
  return header;
}

}  // namespace

OnnxHeader parseOnnxHeader(std::string_view bytes, const std::string& origin) {
  return onnx::readingOf(bytes, origin, &readModel);
}

}  // namespace fer::weights
