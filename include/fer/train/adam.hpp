#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "fer/nn/safetensors.hpp"
#include "fer/train/options.hpp"

namespace fer::train {

/// Adam over a network's trainable parameters. On the CPU one fused pass over memory on all compute threads; elsewhere
/// LibTorch's tensor-list operations. One thread at a time.
class Adam {
 public:
  /// The tensors are the network's own, in their final layout.
  Adam(std::vector<std::pair<std::string, at::Tensor>> parameters, const AdamOptions& options);

  void zeroGradients();
  void step(double lr);  ///< parameters without a gradient stay as they are

  /// Moments as "adam.m/NAME" and "adam.v/NAME"; the number of steps is steps().
  void save(nn::TensorFile& file) const;
  void restore(const nn::TensorFile& file, std::int64_t steps, const std::string& origin);
  std::int64_t steps() const { return steps_; }

 private:
  struct Slot {
    std::string name;
    at::Tensor parameter;
    at::Tensor m;
    at::Tensor v;
  };
  void stepOnCpu(double corrected_rate);
  void stepOnDevice(double corrected_rate);

  AdamOptions options_;
  std::vector<Slot> slots_;
  std::int64_t steps_ = 0;
};

}  // namespace fer::train
