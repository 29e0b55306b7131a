// What an engine costs beside the runtime that it is made of: our predictor, from bytes to probabilities, and a bare
// call of the same runtime on numbers that lie ready. In turns, for one face and for 64; the lowest time counts, for
// other programs can only add to it.

#include <algorithm>
#include <array>
#include <cstdio>
#include <functional>
#include <limits>
#include <memory>
#include <opencv2/core/utility.hpp>
#include <opencv2/dnn.hpp>
#include <span>
#ifdef FER_WITH_OPENVINO
#include <openvino/openvino.hpp>
#endif
#ifdef FER_WITH_XNNPACK
#include "engine/xnnpack/buffers.hpp"
#include "engine/xnnpack/translate.hpp"
#endif

#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/core/processors.hpp"
#include "fer/engine/engine.hpp"
#include "fer/weights/onnx/nodes.hpp"
#include "fer/weights/onnx/widen.hpp"
#include "program.hpp"

namespace {

using namespace fer;  // a main of its own, no header

/// Computes `count` images that lie ready as numbers.
using BareCall = std::function<void(std::span<float> images, std::size_t count)>;

BareCall bareOpenCv(const std::string& onnx, ImageShape input) {
  const std::string bytes = weights::widenedOnnx(onnx, "the model");
  cv::dnn::Net network = cv::dnn::readNetFromONNX(bytes.data(), bytes.size());
  return [network, input](std::span<float> images, std::size_t count) mutable {
    const std::array shape{static_cast<int>(count), input.channels, input.height, input.width};
    network.setInput(cv::Mat(static_cast<int>(shape.size()), shape.data(), CV_32F, images.data()));
    network.forward();
  };
}

#ifdef FER_WITH_OPENVINO
BareCall bareOpenVino(const std::string& onnx, ImageShape input, int threads, ov::element::Type precision) {
  ov::Core core;
  ov::InferRequest request =
      core.compile_model(core.read_model(onnx, ov::Tensor()), "CPU", ov::hint::inference_precision(precision),
                         ov::hint::performance_mode(ov::hint::PerformanceMode::LATENCY),
                         ov::inference_num_threads(threads), ov::hint::enable_cpu_pinning(false))
          .create_infer_request();
  return [core, request, input](std::span<float> images, std::size_t count) mutable {
    const ov::Shape shape{count, static_cast<std::size_t>(input.channels), static_cast<std::size_t>(input.height),
                          static_cast<std::size_t>(input.width)};
    request.set_input_tensor(ov::Tensor(ov::element::f32, shape, images.data()));
    request.infer();
  };
}
#endif

#ifdef FER_WITH_XNNPACK
/// XNNPACK reads no files: its operators as our engine makes them, for all images at once.
BareCall bareXnnpack(const std::string& onnx, ImageShape input, int threads) {
  xnn_initialize(nullptr);
  const std::string bytes = weights::widenedOnnx(onnx, "the model");
  const auto network = std::make_shared<engine::xnnpack::Network>(
      engine::xnnpack::networkOf(weights::parseOnnxNodes(bytes, "the model"), input));
  const std::shared_ptr<pthreadpool> pool(pthreadpool_create(static_cast<std::size_t>(threads)), &pthreadpool_destroy);
  return [network, pool, buffers = buffersOf(*network), memory = std::vector<std::vector<float>>(),
          told = std::size_t{0}](std::span<float> images, std::size_t count) mutable {
    const auto numbersOf = [&](engine::xnnpack::ValueId value) { return memory[buffers.of[value]].data(); };
    if (told != count) {
      memory.clear();
      for (const std::size_t size : buffers.sizes) memory.emplace_back(count * size + XNN_EXTRA_BYTES);
      for (const auto& step : network->steps)
        step.computation.set_up(
            step.computation.operation.get(),
            {count, numbersOf(step.inputs.front()), numbersOf(step.inputs.back()), numbersOf(step.output), pool.get()});
      told = count;
    }
    std::copy(images.begin(), images.end(), numbersOf(0));
    for (const auto& step : network->steps) xnn_run_operator(step.computation.operation.get(), pool.get());
  };
}
#endif

BareCall bareCall(const std::string& engine, const std::string& onnx, ImageShape input, [[maybe_unused]] int threads) {
#ifdef FER_WITH_OPENVINO
  if (engine == "openvino") return bareOpenVino(onnx, input, threads, ov::element::f32);
  if (engine == "openvino-bf16") return bareOpenVino(onnx, input, threads, ov::element::bf16);
#endif
#ifdef FER_WITH_XNNPACK
  if (engine == "xnnpack") return bareXnnpack(onnx, input, threads);
#endif
  if (engine == "opencv") return bareOpenCv(onnx, input);
  throw usageError("no bare call of " + engine);
}

/// Milliseconds of a call, the lowest of as many as take some seconds in turns with the other's.
void compare(predict::Predictor& predictor, const BareCall& bare, const std::string& engine, std::size_t count) {
  const std::size_t size = predictor.inputShape().size() * count;
  std::vector<std::uint8_t> images(size);
  for (std::size_t i = 0; i < size; ++i) images[i] = static_cast<std::uint8_t>(i * 7 % 251);
  std::vector<float> ready(size);
  std::transform(images.begin(), images.end(), ready.begin(), [](std::uint8_t level) { return level / 255.0F; });
  double ours = std::numeric_limits<double>::infinity();
  double theirs = ours;
  double spent = 0;
  constexpr int kWarmUp = 3;
  constexpr int kLeast = 12;
  constexpr double kSeconds = 4;
  for (int round = -kWarmUp; round < kLeast || spent < kSeconds; ++round) {
    const double our_call = bench::secondsOf([&] { predictor.probabilities(images); });
    const double bare_call = bench::secondsOf([&] { bare(ready, count); });
    if (round < 0) continue;
    ours = std::min(ours, our_call);
    theirs = std::min(theirs, bare_call);
    spent += our_call + bare_call;
  }
  constexpr double kMilliseconds = 1e3;
  std::printf("%-14s %6zu %12.2f %12.2f %+9.1f %% %12.0f\n", engine.c_str(), count, kMilliseconds * theirs,
              kMilliseconds * ours, 100 * (ours / theirs - 1), static_cast<double>(count) / ours);
  std::fflush(stdout);
}

void measure(const cxxopts::ParseResult& arguments) {
  const auto path = arguments["model"].as<std::string>();
  const int asked = bench::numberOf(arguments, "threads", 0);
  const int threads = asked > 0 ? asked : usableProcessors();
  const std::string onnx = readFile(path, Fault::kData);
  std::printf("%s, %zu bytes, %d threads\n%-14s %6s %12s %12s %11s %12s\n", path.c_str(), onnx.size(), threads,
              "engine", "images", "bare, ms", "ours, ms", "overhead", "images/s");
  cv::setNumThreads(threads);
  for (const std::string& engine : engine::engineNames()) {
    const engine::ExportedModel model = engine::openModel(onnx, path, {engine, threads});
    const BareCall bare = bareCall(engine, onnx, model.predictor->inputShape(), threads);
    constexpr std::size_t kMany = 64;
    for (const std::size_t count : {std::size_t{1}, kMany}) compare(*model.predictor, bare, engine, count);
  }
}

}  // namespace

int main(int argc, char** argv) {
  cxxopts::Options options("bench-engines", "exported models in our engines beside bare calls of the same runtimes");
  options.add_options()("model", "an exported model (fer-export --format onnx)", cxxopts::value<std::string>(), "FILE")(
      "threads", "threads that compute; 0: every processor", cxxopts::value<int>()->default_value("0"), "N");
  return bench::run(options, argc, argv, measure);
}
