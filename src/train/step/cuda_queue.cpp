// Compiled where CMake finds a CUDA build of LibTorch, 2.4 or later; see cuda_queue_absent.cpp.
#include "train/step/cuda_queue.hpp"

#include <ATen/cuda/CUDAEvent.h>
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

#include <cstddef>
#include <utility>
#include <vector>

namespace fer::train {
namespace {

constexpr std::size_t kLead = 8;  ///< steps the host may be ahead: enough that the GPU never waits for it

}  // namespace

struct CudaQueue::Parts {
  explicit Parts(c10::Device device) : stream(c10::cuda::getStreamFromPool(/*isHighPriority=*/false, device.index())) {
    // Waiting on such an event sleeps: several trainings share the processors, too.
    for (std::size_t i = 0; i < kLead; ++i) ends.emplace_back(cudaEventDisableTiming | cudaEventBlockingSync);
  }

  c10::cuda::CUDAStream stream;
  std::unique_ptr<at::cuda::CUDAGraph> graph;
  std::vector<at::cuda::CUDAEvent> ends;  ///< of the last steps, in a ring
  std::size_t steps = 0;
};

CudaQueue::CudaQueue(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

CudaQueue::~CudaQueue() {
  // An error may have left steps under way, whose memory is about to go; what they report no longer matters.
  cudaStreamSynchronize(parts_->stream);
}

std::unique_ptr<CudaQueue> CudaQueue::make(c10::Device device) {
  return std::unique_ptr<CudaQueue>(new CudaQueue(std::make_unique<Parts>(device)));
}

void CudaQueue::run(const std::function<void()>& work) {
  // Streams of the pool do not wait for the default stream by themselves.
  const c10::cuda::CUDAStream outer = c10::cuda::getCurrentCUDAStream(parts_->stream.device_index());
  at::cuda::CUDAEvent before;
  before.record(outer);
  before.block(parts_->stream);
  {
    const c10::cuda::CUDAStreamGuard guard(parts_->stream);
    work();
  }
  at::cuda::CUDAEvent after;
  after.record(parts_->stream);
  after.block(outer);
}

void CudaQueue::capture(const std::function<void()>& work) {
  forget();
  auto graph = std::make_unique<at::cuda::CUDAGraph>();
  // LibTorch's generator is registered with every graph: masks follow its seed at the replay. The mode keeps other
  // threads' allocations from failing this capture, and it theirs.
  graph->capture_begin({0, 0}, cudaStreamCaptureModeThreadLocal);
  try {
    work();
  } catch (...) {
    try {
      graph->capture_end();
    } catch (...) {  // the first failure is the one to report
    }
    throw;
  }
  graph->capture_end();
  parts_->graph = std::move(graph);
}

void CudaQueue::replay() {
  parts_->graph->replay();
}

void CudaQueue::forget() {
  // Its memory may be given away only when nothing of it is under way any more.
  parts_->stream.synchronize();
  parts_->graph.reset();
}

void CudaQueue::keepPace() {
  at::cuda::CUDAEvent& end = parts_->ends[parts_->steps++ % kLead];
  end.synchronize();
  end.record(parts_->stream);
}

}  // namespace fer::train
