#include "fer/weights/onnx/widen.hpp"

#include <cstring>
#include <optional>
#include <protozero/pbf_reader.hpp>
#include <protozero/pbf_writer.hpp>

#include "fer/core/error.hpp"
#include "weights/half.hpp"
#include "weights/onnx/fields.hpp"

namespace fer::weights {
namespace {

using protozero::data_view;
using protozero::pbf_writer;
using Reader = protozero::pbf_reader;

/// The field that the reader stands at, as it is.
void copyField(Reader& from, pbf_writer& to) {
  const std::uint32_t field = from.tag();
  switch (from.wire_type()) {
    case protozero::pbf_wire_type::varint:
      return to.add_uint64(field, from.get_uint64());
    case protozero::pbf_wire_type::fixed64:
      return to.add_fixed64(field, from.get_fixed64());
    case protozero::pbf_wire_type::fixed32:
      return to.add_fixed32(field, from.get_fixed32());
    case protozero::pbf_wire_type::length_delimited:
      return to.add_bytes(field, from.get_view());
    default:
      return from.skip();
  }
}

/// The numbers of a float16 tensor; nothing of another one.
std::optional<data_view> halvesOf(Reader tensor) {
  bool half = false;
  std::optional<data_view> raw;
  while (tensor.next()) {
    if (tensor.tag_and_type() == onnx::number(onnx::tensor_proto::kDataType))
      half = tensor.get_int32() == onnx::tensor_proto::kFloat16;
    else if (tensor.tag_and_type() == onnx::message(onnx::tensor_proto::kRawData))
      raw = tensor.get_view();
    else
      tensor.skip();
  }
  return half ? raw : std::nullopt;
}

void widenTensor(Reader from, pbf_writer to) {
  const std::optional<data_view> halves = halvesOf(from);
  while (from.next()) {
    const bool replaced = from.tag() == onnx::tensor_proto::kDataType || from.tag() == onnx::tensor_proto::kRawData;
    if (halves && replaced)
      from.skip();
    else
      copyField(from, to);
  }
  if (!halves) return;
  to.add_int32(onnx::tensor_proto::kDataType, onnx::tensor_proto::kFloat);
  std::string numbers;
  numbers.reserve(halves->size() * 2);
  for (std::size_t i = 0; i + 1 < halves->size(); i += sizeof(std::uint16_t)) {
    std::uint16_t bits = 0;
    std::memcpy(&bits, halves->data() + i, sizeof bits);
    const float value = fromHalf(bits);
    numbers.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  to.add_bytes(onnx::tensor_proto::kRawData, numbers);
}

/// Copies a message, but has `change` do so with the parts of a field.
template <class Change>
void copyMessage(Reader from, pbf_writer& to, std::uint32_t field, const Change& change) {
  while (from.next()) {
    if (from.tag_and_type() == onnx::message(field))
      change(from.get_message(), pbf_writer(to, field));
    else
      copyField(from, to);
  }
}

}  // namespace

std::string widenedOnnx(std::string_view bytes, const std::string& origin) {
  std::string widened;
  widened.reserve(bytes.size() * 2);
  pbf_writer file(widened);
  try {
    copyMessage(Reader(bytes.data(), bytes.size()), file, onnx::model::kGraph, [](Reader graph, pbf_writer to) {
      copyMessage(graph, to, onnx::graph_proto::kInitializer, &widenTensor);
    });
  } catch (const protozero::exception& error) {
    throw dataError(origin + ": not an ONNX model, or damaged (" + error.what() + ").");
  }
  return widened;
}

}  // namespace fer::weights
