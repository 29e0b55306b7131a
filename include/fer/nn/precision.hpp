#pragma once

#include <c10/core/Device.h>
#include <c10/core/ScalarType.h>

#include <string>

namespace fer::nn {

/// In what numbers a network computes. Its weights, their gradients' sums, batch norm's running values, loss and scores
/// are float32 always.
enum class Precision {
  kFp32,  ///< float32 throughout
  kTf32,  ///< float32 whose products have 10 bits of mantissa: NVIDIA GPUs from Ampere on
  kBf16,  ///< activations, their gradients and copies of the kernels in bfloat16: 7 bits of mantissa, float32's range
};

struct PrecisionChoice {
  Precision precision = Precision::kFp32;
  std::string reason;  ///< for the log: why this one
};

/// "fp32", "tf32", "bf16", or "auto": bf16 where the device has instructions for it, else fp32. Throws Error (usage)
/// for tf32 elsewhere than on a GPU.
PrecisionChoice choosePrecision(const std::string& wanted, c10::Device device);

/// The word for it, as in configs.
std::string nameOf(Precision precision);

/// The element type that a network is fed with, and so computes in.
c10::ScalarType computeType(Precision precision);

/// Allows or forbids tf32 in LibTorch's matrix products and convolutions; a setting of the whole process.
void allowTf32(Precision precision);

}  // namespace fer::nn
