#pragma once

#include <c10/core/Device.h>

#include "fer/nn/precision.hpp"

namespace fer::train {

/// Where a step is computed, and in what numbers.
struct Compute {
  c10::Device device{c10::kCPU};
  nn::Precision precision = nn::Precision::kFp32;
};

}  // namespace fer::train
