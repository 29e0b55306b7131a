#include <pthreadpool.h>

#include <algorithm>

#include "engine/runtime.hpp"
#include "engine/xnnpack/buffers.hpp"
#include "engine/xnnpack/translate.hpp"
#include "fer/core/error.hpp"
#include "fer/weights/onnx/nodes.hpp"
#include "fer/weights/onnx/widen.hpp"

namespace fer::engine {
namespace {

/// Images at once. With more their maps no longer fit into the processor's cache, and take memory.
constexpr std::size_t kMostTogether = 16;
/// Multiplications for which it is worth to wake other threads: 50 microseconds' of them.
constexpr std::size_t kWorthWaking = 3'000'000;
/// Of all values of an image together: 256 MB a buffer of float32.
constexpr std::size_t kMostNumbersOfAnImage = std::size_t{1} << 26;

struct DestroyThreads {
  void operator()(pthreadpool* threads) const { pthreadpool_destroy(threads); }
};

class XnnpackRuntime : public Runtime {
 public:
  XnnpackRuntime(const ModelFile& file, int threads) : origin_(file.origin) {
    if (const xnn_status status = xnn_initialize(nullptr); status != xnn_status_success)
      throw Error(Fault::kOther, "XNNPACK does not run on this processor (status " + std::to_string(status) +
                                     "). Use --engine opencv.");
    if (threads > 1) threads_.reset(pthreadpool_create(static_cast<std::size_t>(threads)));
    const std::string widened = file.has_half ? weights::widenedOnnx(file.bytes, origin_) : "";
    const weights::OnnxNodes nodes = weights::parseOnnxNodes(file.has_half ? widened : file.bytes, origin_);
    try {
      network_ = xnnpack::networkOf(nodes, file.input);
      makeBuffers();
      prepare(1);  // what XNNPACK does not take is to be known before the first image
    } catch (const Error& error) {
      throw refused(error);
    }
  }

  std::vector<float> run(std::span<float> images, std::size_t count) override {
    const std::size_t input = network_.values.front().size();
    const std::size_t output = network_.values[network_.output].size();
    std::vector<float> found;
    found.reserve(count * output);
    for (std::size_t begin = 0; begin < count; begin += kMostTogether) {
      const std::size_t together = std::min(kMostTogether, count - begin);
      try {
        prepare(together);
        take(images.subspan(begin * input, together * input));
        compute();
      } catch (const Error& error) {
        throw refused(error);
      }
      const float* const first = numbersOf(network_.output);
      found.insert(found.end(), first, first + together * output);
    }
    return found;
  }

 private:
  Error refused(const Error& reason) const {
    return dataError(origin_ + ": XNNPACK cannot run this model (" + reason.what() + "). Use --engine opencv.");
  }

  void makeBuffers() {
    buffers_ = xnnpack::buffersOf(network_);
    std::size_t numbers = 0;
    for (const std::size_t size : buffers_.sizes) numbers += size;
    if (numbers > kMostNumbersOfAnImage) throw dataError("it takes too much memory");
    memory_.resize(buffers_.sizes.size());
  }

  float* numbersOf(xnnpack::ValueId value) { return memory_[buffers_.of[value]].data(); }

  /// Tells every operator where the numbers of so many images lie.
  void prepare(std::size_t images) {
    if (images == prepared_) return;
    prepared_ = 0;
    for (std::size_t i = 0; i < memory_.size(); ++i) {
      const std::size_t size = images * buffers_.sizes[i] + XNN_EXTRA_BYTES / sizeof(float);
      if (memory_[i].size() < size) memory_[i].resize(size);
    }
    for (const xnnpack::Step& step : network_.steps) {
      const xnnpack::Call call{images, numbersOf(step.inputs.front()), numbersOf(step.inputs.back()),
                               numbersOf(step.output), threadsFor(step, images)};
      require(step.computation.set_up(step.computation.operation.get(), call), step);
    }
    prepared_ = images;
  }

  /// The images, map after map, as the network's first value.
  void take(std::span<const float> images) {
    const xnnpack::Value& value = network_.values.front();
    float* const to = numbersOf(0);
    for (std::size_t i = 0; i < images.size(); ++i) {
      const std::size_t pixel = i % value.pixels();
      const std::size_t map = i / value.pixels();
      to[(map / value.channels * value.pixels() + pixel) * value.channels + map % value.channels] = images[i];
    }
  }

  void compute() {
    for (const xnnpack::Step& step : network_.steps)
      require(xnn_run_operator(step.computation.operation.get(), threadsFor(step, prepared_)), step);
  }

  pthreadpool_t threadsFor(const xnnpack::Step& step, std::size_t images) const {
    return step.computation.work * images < kWorthWaking ? nullptr : threads_.get();
  }

  static void require(xnn_status status, const xnnpack::Step& step) {
    if (status != xnn_status_success)
      throw dataError("node " + step.node + ": XNNPACK's status " + std::to_string(status));
  }

  std::string origin_;
  std::unique_ptr<pthreadpool, DestroyThreads> threads_;
  xnnpack::Network network_;
  xnnpack::Buffers buffers_;
  std::vector<std::vector<float>> memory_;  ///< of each buffer
  std::size_t prepared_ = 0;                ///< images that the operators were told of
};

}  // namespace

std::unique_ptr<Runtime> xnnpackRuntime(const ModelFile& file, int threads) {
  return std::make_unique<XnnpackRuntime>(file, threads);
}

}  // namespace fer::engine
