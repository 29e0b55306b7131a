// Any bytes are either the header of an ONNX model no larger than themselves, or an Error (bad data) that names the
// file.
#include <string>

#include "fer/core/error.hpp"
#include "fer/weights/onnx/metadata.hpp"
#include "fer/weights/onnx/widen.hpp"
#include "fer/weights/onnx/write.hpp"
#include "fuzz/driver.hpp"
#include "support/every_layer.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace fer;
  try {
    const weights::OnnxHeader header =
        weights::parseOnnxHeader({reinterpret_cast<const char*>(bytes), size}, "model.onnx");
    std::size_t held = 0;
    for (const auto& [key, value] : header.metadata) held += key.size() + value.size();
    for (const auto* values : {&header.inputs, &header.outputs})
      for (const weights::OnnxValue& value : *values) held += value.name.size() + value.shape.size();
    fuzz::require(held <= size, "more than the file holds");
    fuzz::require(weights::widenedOnnx({reinterpret_cast<const char*>(bytes), size}, "model.onnx").size() <= 4 * size,
                  "a model that grows without bound");
  } catch (const Error& error) {
    fuzz::requireDataError(error, "model.onnx: ");
  }
  return 0;
}

std::vector<std::string> fer::fuzz::seeds() {
  graph::Graph small({1, 4, 4});
  small.add("conv", graph::Convolution{2, 3}, {0});
  small.add("mean", graph::GlobalMeanPool{}, {1});
  small.add("dense", graph::Dense{2}, {2});
  return {weights::onnxModel(small, test::tensorsOf(small), {{"fer", "{}"}, {"other", "a value"}}),
          weights::onnxModel(small, test::tensorsOf(small), {}, weights::OnnxKernels::kFloat16)};
}
