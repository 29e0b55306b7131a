#pragma once

#include <c10/core/Device.h>

#include <string>

namespace fer::nn {

/// "auto" (a GPU when LibTorch sees one, else the CPU), "cpu", "cuda", "cuda:N". Throws Error (usage) for other words
/// and for a GPU that is not there.
c10::Device chooseDevice(const std::string& wanted);

/// Threads that LibTorch and its BLAS compute with; 0: every processor this process may use. Returns the number set.
/// Debian's LibTorch starts with one.
int setComputeThreads(int wanted);

/// What a bit-exact repetition depends on, beside seed and data.
struct ComputeConditions {
  std::string libtorch;   ///< version
  std::string processor;  ///< model name of CPU or GPU
  std::string device;     ///< "cpu" or "cuda"
  int threads = 0;
  bool operator==(const ComputeConditions&) const = default;
};
ComputeConditions computeConditions(c10::Device device, int threads);

}  // namespace fer::nn
