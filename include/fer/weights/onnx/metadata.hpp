#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "fer/weights/tensor.hpp"

namespace fer::weights {

/// An input or output of a model.
struct OnnxValue {
  std::string name;
  std::vector<std::int64_t> shape;  ///< -1 where any number is taken
};

/// What an ONNX file says of itself, besides its layers and their numbers.
struct OnnxHeader {
  Metadata metadata;  ///< its metadata_props
  std::vector<OnnxValue> inputs;
  std::vector<OnnxValue> outputs;
  bool has_half = false;  ///< tensors in float16
};

/// The most bytes that an ONNX file may have: protobuf takes no more.
constexpr std::size_t kMostOnnxBytes = (std::size_t{1} << 31) - 1;

/// Of a whole file's bytes. Takes memory for the metadata only, and for as many inputs, outputs and sides as networks
/// have. `origin` is the file's path, for messages. Throws Error (bad data) where they are no ONNX model or cut off,
/// and Error where fer was built without protozero. Source: github.com/onnx/onnx, onnx.proto.
OnnxHeader parseOnnxHeader(std::string_view bytes, const std::string& origin);

}  // namespace fer::weights
