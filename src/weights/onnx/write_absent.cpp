#include "fer/core/error.hpp"
#include "fer/weights/onnx/write.hpp"

namespace fer::weights {

std::string onnxModel(const graph::Graph&, const std::map<std::string, Tensor>&, const Metadata&) {
  throw Error(Fault::kOther,
              "fer was built without protozero, so it writes no ONNX. Install libprotozero-dev and build again.");
}

}  // namespace fer::weights
