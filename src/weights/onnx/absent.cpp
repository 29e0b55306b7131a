#include "fer/core/error.hpp"
#include "fer/weights/onnx/metadata.hpp"
#include "fer/weights/onnx/nodes.hpp"
#include "fer/weights/onnx/widen.hpp"
#include "fer/weights/onnx/write.hpp"

namespace fer::weights {
namespace {

Error withoutProtozero() {
  return {Fault::kOther,
          "fer was built without protozero, so it has no ONNX. Install libprotozero-dev and build again."};
}

}  // namespace

std::string onnxModel(const graph::Graph&, const std::map<std::string, Tensor>&, const Metadata&, OnnxKernels) {
  throw withoutProtozero();
}

OnnxHeader parseOnnxHeader(std::string_view, const std::string&) {
  throw withoutProtozero();
}

OnnxNodes parseOnnxNodes(std::string_view, const std::string&) {
  throw withoutProtozero();
}

std::string widenedOnnx(std::string_view, const std::string&) {
  throw withoutProtozero();
}

}  // namespace fer::weights
