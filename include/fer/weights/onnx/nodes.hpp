#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fer::weights {

/// A setting of a node: those of its three members that its kind has.
struct OnnxAttribute {
  std::vector<std::int64_t> integers;  ///< one for an INT, any number for INTS
  float number = 0;                    ///< of a FLOAT
  std::string text;                    ///< of a STRING
};

/// An operation on values, which have names. A name is empty where an optional input is left out.
struct OnnxNode {
  std::string name;
  std::string operation;  ///< "Conv"
  std::vector<std::string> inputs;
  std::vector<std::string> outputs;
  std::map<std::string, OnnxAttribute> attributes;
};

/// Numbers that the file holds.
struct OnnxTensor {
  enum class Type { kFloat32, kOther };
  Type type = Type::kOther;
  std::vector<std::int64_t> shape;  ///< as the file says, held against nothing
  std::string_view bytes;           ///< little-endian; within the file's bytes
};

/// What an ONNX file computes.
struct OnnxNodes {
  std::vector<OnnxNode> nodes;                ///< in an order in which they can be computed
  std::map<std::string, OnnxTensor> tensors;  ///< the initializers, by the name of the value that they are
};

/// Of a whole file's bytes, which must outlive what comes back. Reads what onnxModel() writes; of other files
/// attributes of other kinds come back empty, and tensors that are stored in another way without bytes. Takes memory
/// for as many nodes as networks have. `origin` is the file's path, for messages. Throws Error (bad data) where they
/// are no ONNX model or cut off, and Error where fer was built without protozero. Source: github.com/onnx/onnx,
/// onnx.proto.
OnnxNodes parseOnnxNodes(std::string_view bytes, const std::string& origin);

}  // namespace fer::weights
