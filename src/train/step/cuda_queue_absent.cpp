// In place of cuda_queue.cpp where the build has no CUDA, or a LibTorch before 2.4.
#include "train/step/cuda_queue.hpp"

namespace fer::train {

struct CudaQueue::Parts {};

std::unique_ptr<CudaQueue> CudaQueue::make(c10::Device) {
  return nullptr;
}

CudaQueue::~CudaQueue() = default;
void CudaQueue::run(const std::function<void()>&) {}
void CudaQueue::capture(const std::function<void()>&) {}
void CudaQueue::replay() {}
void CudaQueue::forget() {}
void CudaQueue::keepPace() {}

}  // namespace fer::train
