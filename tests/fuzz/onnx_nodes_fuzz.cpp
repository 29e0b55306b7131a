// Any bytes are either the nodes and tensors of an ONNX model, which hold no more than the bytes do, or an Error (bad
// data) that names the file.
#include <string>

#include "fer/core/error.hpp"
#include "fer/weights/onnx/nodes.hpp"
#include "fer/weights/onnx/write.hpp"
#include "fuzz/driver.hpp"
#include "support/every_layer.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace fer;
  try {
    const weights::OnnxNodes network =
        weights::parseOnnxNodes({reinterpret_cast<const char*>(bytes), size}, "model.onnx");
    std::size_t held = 0;
    for (const weights::OnnxNode& node : network.nodes) {
      held += node.name.size() + node.operation.size();
      for (const auto* names : {&node.inputs, &node.outputs})
        for (const std::string& name : *names) held += 1 + name.size();
      for (const auto& [name, attribute] : node.attributes)
        held += name.size() + attribute.integers.size() + attribute.text.size();
    }
    for (const auto& [name, tensor] : network.tensors) held += name.size() + tensor.shape.size() + tensor.bytes.size();
    fuzz::require(held <= size, "more than the file holds");
  } catch (const Error& error) {
    fuzz::requireDataError(error, "model.onnx: ");
  }
  return 0;
}

std::vector<std::string> fer::fuzz::seeds() {
  const graph::Graph every = test::everyLayer();
  return {weights::onnxModel(every, test::tensorsOf(every), {}),
          weights::onnxModel(every, test::tensorsOf(every), {}, weights::OnnxKernels::kFloat16)};
}
