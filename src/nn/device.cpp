#include "fer/nn/device.hpp"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/core/Generator.h>
#include <dlfcn.h>
#include <omp.h>
#include <torch/cuda.h>
#include <torch/version.h>

#include <array>
#include <cctype>
#include <fstream>
#include <mutex>

#include "fer/core/error.hpp"
#include "fer/core/processors.hpp"
#include "fer/core/random.hpp"

namespace fer::nn {
namespace {

/// An OpenBLAS with threads of its own gets one: those that wait spin on processors that LibTorch's threads need, and
/// the other way round, which doubled the time of a step (dense_product.hpp). Which BLAS is loaded is the system's
/// choice, so ask at run time.
void setBlasThreads(int threads) {
  constexpr int kOwnThreads = 1;  // 0: none, 2: OpenMP's, as LibTorch
  const auto find = [](const char* name) { return ::dlsym(RTLD_DEFAULT, name); };
  void* const parallel = find("openblas_get_parallel");
  void* const setter = find("openblas_set_num_threads");
  if (parallel == nullptr || setter == nullptr) return;
  const bool own = reinterpret_cast<int (*)()>(parallel)() == kOwnThreads;
  reinterpret_cast<void (*)(int)>(setter)(own ? 1 : threads);
}

std::string processorName() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);)
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  return "unknown";
}

/// Asks the driver, which a CUDA build of LibTorch has loaded, by the names of its functions: a build for the CPU has
/// no headers of CUDA. Both count the GPUs alike.
std::string gpuName(int index) {
  void* const driver = ::dlopen("libcuda.so.1", RTLD_LAZY);
  if (driver == nullptr) return "unknown";
  const auto find = [driver]<class Function>(const char* name, Function*& function) {
    function = reinterpret_cast<Function*>(::dlsym(driver, name));
    return function != nullptr;
  };
  int (*initialise)(unsigned) = nullptr;
  int (*device_get)(int*, int) = nullptr;
  int (*device_get_name)(char*, int, int) = nullptr;
  if (!find("cuInit", initialise) || !find("cuDeviceGet", device_get) || !find("cuDeviceGetName", device_get_name))
    return "unknown";
  int handle = 0;
  std::array<char, 256> name{};
  const bool known = initialise(0) == 0 && device_get(&handle, index) == 0 &&
                     device_get_name(name.data(), name.size() - 1, handle) == 0;
  return known ? name.data() : "unknown";
}

}  // namespace

c10::Device chooseDevice(const std::string& wanted) {
  if (wanted == "cpu" || (wanted == "auto" && !torch::cuda::is_available())) return c10::kCPU;
  if (wanted == "auto") return {c10::kCUDA, 0};
  const bool numbered = wanted.starts_with("cuda:") && wanted.size() > 5 && wanted.size() < 8 &&
                        std::isdigit(static_cast<unsigned char>(wanted[5])) != 0 &&
                        std::isdigit(static_cast<unsigned char>(wanted.back())) != 0;
  if (wanted != "cuda" && !numbered)
    throw usageError("machine.device: expected auto, cpu, cuda or cuda:N, found \"" + wanted + "\"");
  const int index = numbered ? std::stoi(wanted.substr(5)) : 0;
  const auto count = static_cast<int>(at::getNumGPUs());
  if (index >= count)
    throw usageError("machine.device: " + wanted + " is not there; LibTorch sees " + std::to_string(count) +
                     " GPUs. Use --device cpu, or a CUDA build of LibTorch.");
  return {c10::kCUDA, static_cast<c10::DeviceIndex>(index)};
}

int setComputeThreads(int wanted) {
  const int threads = wanted == 0 ? usableProcessors() : wanted;
  at::set_num_threads(threads);
  setBlasThreads(threads);
  return threads;
}

void computeAlone() {
  at::get_num_threads();  // LibTorch gives a thread its number when it is first asked, and must not do so later
  omp_set_num_threads(1);
}

void seedGenerator(c10::Device device, const StepPosition& position) {
  if (device.is_cpu()) return;
  const PhiloxCounter words = philox({position.first_image, position.step, position.epoch, 0},
                                     {position.seed, static_cast<std::uint32_t>(Purpose::kDropout)});
  at::Generator generator = at::globalContext().defaultGenerator(device);
  const std::lock_guard lock(generator.mutex());
  generator.set_current_seed(std::uint64_t{words[0]} << 32 | words[1]);
}

std::string processorOf(c10::Device device) {
  return device.is_cuda() ? gpuName(device.has_index() ? device.index() : 0) : processorName();
}

ComputeConditions computeConditions(c10::Device device, int threads, Precision precision, Kernels kernels) {
  return {TORCH_VERSION,
          processorOf(device),
          device.is_cuda() ? "cuda" : "cpu",
          threads,
          nameOf(precision),
          nameOf(kernels),
          1};
}

}  // namespace fer::nn
