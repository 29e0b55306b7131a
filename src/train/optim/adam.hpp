#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "fer/nn/tensor_file.hpp"
#include "fer/train/options.hpp"

namespace fer::train {

/// One tensor that Adam changes.
struct AdamParameter {
  std::string name;
  at::Tensor tensor;            ///< the network's own, in its final layout
  double lr_scale = 1.0;        ///< its learning rate is the step's times this
  std::int64_t first_step = 0;  ///< steps done before it took part, which its bias correction does not count
};

/// Adam over a set of parameters, all of one type on one device. float32 on the CPU: one fused pass over memory on all
/// compute threads; anything else: LibTorch's tensor-list operations. One thread at a time.
class Adam {
 public:
  Adam(const std::vector<AdamParameter>& parameters, AdamOptions options);

  /// Takes parameters in whose names it does not know yet, with moments of zero.
  void add(const std::vector<AdamParameter>& parameters);

  void zeroGradients();  ///< gives them up: the next backward pass makes new ones
  void step(double lr);  ///< parameters without a gradient stay as they are

  /// Moments as "adam.m/NAME" and "adam.v/NAME"; the number of steps is steps().
  void save(nn::TensorFile& file) const;
  /// Into fresh moments. A parameter whose first step is yet to come may be missing in the file. Throws Error (bad
  /// data) that starts with `origin`.
  void restore(const nn::TensorFile& file, std::int64_t steps, const std::string& origin);
  std::int64_t steps() const { return steps_; }

  /// A parameter and its moments, for who does the steps elsewhere (static_adam.hpp) and counts them here.
  struct Slot {
    AdamParameter parameter;
    at::Tensor m;
    at::Tensor v;
  };
  const std::vector<Slot>& slots() const { return slots_; }
  const AdamOptions& options() const { return options_; }
  void countSteps(std::int64_t steps) { steps_ += steps; }

 private:
  double rateOf(const Slot& slot, double lr) const;
  void stepFused(double lr);
  void stepByLists(double lr);

  AdamOptions options_;
  std::vector<Slot> slots_;
  std::int64_t steps_ = 0;
};

}  // namespace fer::train
