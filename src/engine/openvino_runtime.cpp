#include <algorithm>
#include <openvino/openvino.hpp>
#include <string>
#include <utility>

#include "engine/runtime.hpp"
#include "fer/core/error.hpp"

namespace fer::engine {
namespace {

constexpr const char* kProcessor = "CPU";

/// Its messages have many lines; the last that says something is the reason.
std::string reasonOf(const std::exception& error) {
  std::string text = error.what();
  while (!text.empty() && text.back() == '\n') text.pop_back();
  const std::size_t line = text.rfind('\n');
  return line == std::string::npos ? text : text.substr(line + 1);
}

class OpenVinoRuntime : public Runtime {
 public:
  OpenVinoRuntime(const ModelFile& file, int threads, ov::element::Type precision)
      : origin_(file.origin), input_(file.input) {
    try {
      const std::shared_ptr<ov::Model> model = core_.read_model(file.bytes, ov::Tensor());
      // Without the hint it rounds to bfloat16 wherever the processor can.
      request_ = core_
                     .compile_model(model, kProcessor, ov::hint::inference_precision(precision),
                                    ov::hint::performance_mode(ov::hint::PerformanceMode::LATENCY),
                                    ov::inference_num_threads(threads), ov::hint::enable_cpu_pinning(false))
                     .create_infer_request();
    } catch (const std::exception& error) {
      throw refused(error);
    }
  }

  std::vector<float> run(std::span<float> images, std::size_t count) override {
    const auto side = [](int value) { return static_cast<std::size_t>(value); };
    const ov::Shape shape{count, side(input_.channels), side(input_.height), side(input_.width)};
    try {
      request_.set_input_tensor(ov::Tensor(ov::element::f32, shape, images.data()));
      request_.infer();
      const ov::Tensor found = request_.get_output_tensor();
      const auto* const first = found.data<const float>();
      return {first, first + found.get_size()};
    } catch (const std::exception& error) {
      throw refused(error);
    }
  }

 private:
  Error refused(const std::exception& error) const {
    return dataError(origin_ + ": OpenVINO cannot run this model (" + reasonOf(error) +
                     "). Export it again with fer-export --format onnx.");
  }

  std::string origin_;
  ImageShape input_;
  ov::Core core_;
  ov::InferRequest request_;
};

}  // namespace

std::unique_ptr<Runtime> openVinoRuntime(const ModelFile& file, int threads) {
  return std::make_unique<OpenVinoRuntime>(file, threads, ov::element::f32);
}

std::unique_ptr<Runtime> openVinoBf16Runtime(const ModelFile& file, int threads) {
  const auto abilities = ov::Core().get_property(kProcessor, ov::device::capabilities);
  if (std::find(abilities.begin(), abilities.end(), ov::device::capability::BF16) == abilities.end())
    throw usageError("engine openvino-bf16: this processor has no instructions for bfloat16. Use openvino.");
  return std::make_unique<OpenVinoRuntime>(file, threads, ov::element::bf16);
}

}  // namespace fer::engine
