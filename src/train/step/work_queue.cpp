#include "train/step/work_queue.hpp"

#include <c10/util/Exception.h>

#include <utility>

#include "train/step/cuda_queue.hpp"

namespace fer::train {

WorkQueue::WorkQueue(c10::Device device) : cuda_(device.is_cuda() ? CudaQueue::make(device) : nullptr) {
  if (device.is_cuda() && !cuda_) limit_ = "this build has no CUDA graphs, which want LibTorch 2.4 or later";
}

WorkQueue::~WorkQueue() = default;

void WorkQueue::run(const std::function<void()>& work) {
  if (cuda_)
    cuda_->run(work);
  else
    work();
}

void WorkQueue::record(std::function<void()> work) {
  work_ = std::move(work);
  if (!cuda_ || !limit_.empty()) return;
  try {
    cuda_->capture(work_);
  } catch (const c10::Error& error) {
    limit_ = error.what_without_backtrace();
  }
}

void WorkQueue::play() {
  if (cuda_ && limit_.empty())
    cuda_->replay();
  else
    work_();
}

void WorkQueue::forget() {
  work_ = nullptr;
  if (cuda_) cuda_->forget();
}

void WorkQueue::keepPace() {
  if (cuda_) cuda_->keepPace();
}

}  // namespace fer::train
