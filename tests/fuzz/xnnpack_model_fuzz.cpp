// Any bytes are either a model that XNNPACK runs on an image, or an Error (bad data) that names the file.
#include <string>

#include "engine/runtime.hpp"
#include "fer/core/error.hpp"
#include "fuzz/driver.hpp"
#include "support/exported_model.hpp"

namespace {

using namespace fer;  // a main of its own, no header

void runIt(const std::string& bytes) {
  const engine::ModelFile file{bytes, "model.onnx", {1, 6, 5}, true};
  constexpr std::size_t kImages = 2;
  std::vector<float> images(kImages * file.input.size(), 0.5F);
  const std::vector<float> found = engine::xnnpackRuntime(file, 1)->run(images, kImages);
  fuzz::require(!found.empty() && found.size() % kImages == 0, "no numbers, or not as many of each image");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  try {
    runIt({reinterpret_cast<const char*>(bytes), size});
  } catch (const Error& error) {
    fuzz::requireDataError(error, "model.onnx: ");
  }
  return 0;
}

std::vector<std::string> fer::fuzz::seeds() {
  std::vector<std::string> models{test::exportedEveryLayer(""),
                                  test::exportedEveryLayer("", weights::OnnxKernels::kFloat16)};
  for (const std::string& model : models) runIt(model);
  return models;
}
