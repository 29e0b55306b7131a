#pragma once

#include <ATen/core/Tensor.h>
#include <c10/core/Device.h>

#include <cstdint>
#include <vector>

#include "fer/train/epoch_values.hpp"
#include "train/step/step.hpp"

namespace fer::train {

/// Losses and correct counts of steps, kept on their device until they are asked for.
class Ledger {
 public:
  /// Room for so many steps.
  Ledger(std::size_t steps, c10::Device device);

  void add(const Forward& result, std::int64_t images);

  /// Those of the steps added since the last call, in order. Waits for the device.
  std::vector<Sums> settle();

 private:
  at::Tensor rows_;  ///< steps x (loss, correct), double
  std::vector<std::int64_t> images_;
  std::size_t settled_ = 0;
};

}  // namespace fer::train
