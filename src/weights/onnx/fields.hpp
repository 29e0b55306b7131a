#pragma once

#include <cstdint>
#include <protozero/types.hpp>

/// Numbers of the fields of ONNX files, by the names of onnx.proto.
namespace fer::weights::onnx {

namespace model {
constexpr std::uint32_t kIrVersion = 1, kProducerName = 2, kGraph = 7, kOpsetImport = 8, kMetadataProps = 14;
constexpr std::uint32_t kOpsetVersion = 2, kPropKey = 1, kPropValue = 2;
}  // namespace model
namespace graph_proto {
constexpr std::uint32_t kNode = 1, kName = 2, kInitializer = 5, kInput = 11, kOutput = 12;
}
namespace node {
constexpr std::uint32_t kInput = 1, kOutput = 2, kName = 3, kOpType = 4, kAttribute = 5;
}
namespace attribute {
constexpr std::uint32_t kName = 1, kFloat = 2, kInt = 3, kString = 4, kInts = 8, kType = 20;
constexpr std::int32_t kTypeFloat = 1, kTypeInt = 2, kTypeString = 3, kTypeInts = 7;
}  // namespace attribute
namespace tensor_proto {
constexpr std::uint32_t kDims = 1, kDataType = 2, kName = 8, kRawData = 9;
constexpr std::int32_t kFloat = 1, kInt64 = 7, kFloat16 = 10;
}  // namespace tensor_proto
namespace value_info {
constexpr std::uint32_t kName = 1, kType = 2, kTensorType = 1, kElementType = 1, kShape = 2, kDim = 1, kDimValue = 1,
                        kDimParam = 2;
}

/// A tag whose bytes have the type that the field must have; others are passed over, as a field of another version is.
constexpr std::uint32_t message(std::uint32_t field) {
  return protozero::tag_and_type(field, protozero::pbf_wire_type::length_delimited);
}
constexpr std::uint32_t number(std::uint32_t field) {
  return protozero::tag_and_type(field, protozero::pbf_wire_type::varint);
}

}  // namespace fer::weights::onnx
