// Any text is either the description of a checkpoint, or an Error (bad data) that names the file.
#include <string>

#include "fer/core/error.hpp"
#include "fer/nn/checkpoint.hpp"
#include "fuzz/driver.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace fer;
  const nn::TensorFile file{{}, {{"fer", std::string(reinterpret_cast<const char*>(bytes), size)}}};
  try {
    nn::readDescription(file, "best.safetensors");
  } catch (const Error& error) {
    fuzz::requireDataError(error, "best.safetensors");
  }
  return 0;
}

std::vector<std::string> fer::fuzz::seeds() {
  const std::string rest = R"("model":"generic","classes":["a","b"],"input":{"channels":1,"height":16,"width":16},)"
                           R"("preprocess":{"rescale":0.1},"run":"r","data_hash":"h","epoch":1,"config":"{}"})";
  return {
      R"({"schema":1,)" + rest,
      R"({"schema":2,"prepare":{"height":96,"width":80,"mean":[0.5],"std":[0.25]},)" + rest,
      R"({"schema":3,"model":"generic","classes":["a","b"],"prepare":{"height":0,"width":0,"mean":[],"std":[]},)"
      R"("preprocess":{"channels":1,"height":16,"width":16,"margin":0.1,"rescale":0.1},)"
      R"("run":"r","data_hash":"h","epoch":1,"config":"{}"})",
      R"({"schema":4,"model":"compact_50k","classes":["a","b"],)"
      R"("prepare":{"height":0,"width":0,"mean":[],"std":[]},)"
      R"("architecture":{"width":0.5,"depth":2,"dropout":null,"squeeze_excite":0.25,"stochastic_depth":0.1},)"
      R"("preprocess":{"channels":1,"height":16,"width":16,"margin":0.1,"rescale":0.1},)"
      R"("run":"r","data_hash":"h","epoch":1,"config":"{}"})",
  };
}
