#pragma once

#include <c10/core/Device.h>

#include <string>

#include "fer/nn/kernels.hpp"
#include "fer/nn/network.hpp"
#include "fer/nn/precision.hpp"

namespace fer::nn {

/// "auto" (a GPU when LibTorch sees one, else the CPU), "cpu", "cuda", "cuda:N". Throws Error (usage) for other words
/// and for a GPU that is not there.
c10::Device chooseDevice(const std::string& wanted);

/// Threads that LibTorch computes with; 0: as many as usableProcessors() says. Returns the number set. Debian's
/// LibTorch starts with one. A BLAS with threads of its own gets one: its threads and LibTorch's, which wait spinning,
/// would take the processors from each other; layers share their products among LibTorch's.
int setComputeThreads(int wanted);

/// The calling thread computes alone from now on: LibTorch's operations on it start no team of threads, which would
/// wait spinning on processors that the other threads' team needs.
void computeAlone();

/// Seeds a GPU's generator from a step's position, so that its dropout masks depend on the position alone, and a
/// checkpoint need not hold the generator's state. Does nothing on the CPU, where no generator is used.
void seedGenerator(c10::Device device, const StepPosition& position);

/// What the maker calls the GPU, or the CPU.
std::string processorOf(c10::Device device);

/// What a bit-exact repetition depends on, beside seed and data.
struct ComputeConditions {
  std::string libtorch;   ///< version
  std::string processor;  ///< model name of CPU or GPU
  std::string device;     ///< "cpu" or "cuda"
  int threads = 0;
  std::string precision = "fp32";
  std::string kernels = "fast";
  int processes = 1;  ///< that share the training
  bool operator==(const ComputeConditions&) const = default;
};
ComputeConditions computeConditions(c10::Device device, int threads, Precision precision, Kernels kernels);

}  // namespace fer::nn
