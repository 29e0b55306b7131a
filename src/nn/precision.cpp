#include "fer/nn/precision.hpp"

#include <ATen/Context.h>
#include <ATen/detail/CUDAHooksInterface.h>

#include "fer/core/error.hpp"

namespace fer::nn {
namespace {

/// AMX implies it: every processor with amx_bf16 has avx512_bf16 as well.
bool processorHasBf16() {
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
  return __builtin_cpu_supports("avx512bf16") != 0 && at::hasMKLDNN();
#else
  return false;
#endif
}

bool hasBf16(c10::Device device) {
  return device.is_cuda() ? at::detail::getCUDAHooks().supportsBFloat16ConvolutionWithCuDNNv8() : processorHasBf16();
}

}  // namespace

PrecisionChoice choosePrecision(const std::string& wanted, c10::Device device) {
  const std::string what = device.is_cuda() ? "GPU" : "processor";
  if (wanted == "fp32") return {Precision::kFp32, "as configured"};
  if (wanted == "tf32") {
    if (!device.is_cuda())
      throw usageError(
          "train.precision: tf32 is a format of NVIDIA's GPUs, and the device is the CPU. Use fp32 or bf16.");
    return {Precision::kTf32, "as configured"};
  }
  const bool fast = hasBf16(device);
  if (wanted == "bf16")
    return {Precision::kBf16,
            fast ? "as configured" : "as configured, but slow: this " + what + " has no bf16 instructions"};
  return fast ? PrecisionChoice{Precision::kBf16, "auto: this " + what + " has bf16 instructions"}
              : PrecisionChoice{Precision::kFp32, "auto: this " + what + " has no bf16 instructions"};
}

std::string nameOf(Precision precision) {
  switch (precision) {
    case Precision::kTf32:
      return "tf32";
    case Precision::kBf16:
      return "bf16";
    case Precision::kFp32:
      break;
  }
  return "fp32";
}

c10::ScalarType computeType(Precision precision) {
  return precision == Precision::kBf16 ? c10::ScalarType::BFloat16 : c10::ScalarType::Float;
}

void allowTf32(Precision precision) {
  const bool allowed = precision == Precision::kTf32;
  at::globalContext().setAllowTF32CuBLAS(allowed);
  at::globalContext().setAllowTF32CuDNN(allowed);
}

}  // namespace fer::nn
