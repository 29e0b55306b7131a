#pragma once

#include <c10/core/Device.h>

#include <functional>
#include <memory>

namespace fer::train {

/// A stream of a GPU and a CUDA graph recorded from it. cuda_queue_absent.cpp stands for it where the build has no CUDA
/// or a LibTorch before 2.4.
class CudaQueue {
 public:
  static std::unique_ptr<CudaQueue> make(c10::Device device);  ///< null where the build cannot
  ~CudaQueue();

  void run(const std::function<void()>& work);
  void capture(const std::function<void()>& work);  ///< throws c10::Error where something in it cannot be recorded
  void replay();
  void forget();
  void keepPace();

 private:
  struct Parts;
  explicit CudaQueue(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace fer::train
