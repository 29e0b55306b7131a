#include "fer/nn/device.hpp"

#include <ATen/Parallel.h>
#include <dlfcn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/cuda.h>

#include <mutex>
#include <set>
#include <thread>

#include "fer/core/error.hpp"

namespace fer::nn {
namespace {

using ::testing::HasSubstr;

TEST(Device, ExplainsWhatItRefuses) {
  const auto messageOf = [](const std::string& name) -> std::string {
    try {
      chooseDevice(name);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(chooseDevice("cpu"), c10::Device(c10::kCPU));
  for (const char* name : {"gpu", "cuda:", "cuda:x", "cuda:1x", "cuda:123456789012", "", "CPU"})
    EXPECT_THAT(messageOf(name), HasSubstr("machine.device: expected auto, cpu, cuda or cuda:N")) << name;
  EXPECT_THAT(messageOf("cuda:99"), HasSubstr("cuda:99 is not there"));
}

/// Threads that share a loop of LibTorch's.
std::size_t teamSize() {
  std::mutex mutex;
  std::set<std::thread::id> team;
  at::parallel_for(0, 64, 1, [&](std::int64_t, std::int64_t) {
    const std::lock_guard lock(mutex);
    team.insert(std::this_thread::get_id());
  });
  return team.size();
}

TEST(Device, AThreadComputesAloneWhereItIsTold) {
  const int before = at::get_num_threads();
  setComputeThreads(3);
  std::size_t usual = 0;
  std::size_t alone = 0;
  std::thread([&] {
    usual = teamSize();
    computeAlone();
    alone = teamSize();
  }).join();
  EXPECT_EQ(usual, 3);
  EXPECT_EQ(alone, 1);
  EXPECT_EQ(teamSize(), 3);
  setComputeThreads(before);
}

// A BLAS with threads of its own and LibTorch's would take the processors from each other.
TEST(Device, ABlasWithThreadsOfItsOwnGetsOne) {
  void* const parallel = ::dlsym(RTLD_DEFAULT, "openblas_get_parallel");
  void* const threads = ::dlsym(RTLD_DEFAULT, "openblas_get_num_threads");
  if (parallel == nullptr || threads == nullptr || reinterpret_cast<int (*)()>(parallel)() != 1)
    GTEST_SKIP() << "another BLAS is loaded";
  const int before = at::get_num_threads();
  EXPECT_EQ(setComputeThreads(3), 3);
  EXPECT_EQ(at::get_num_threads(), 3);
  EXPECT_EQ(reinterpret_cast<int (*)()>(threads)(), 1);
  setComputeThreads(before);
}

// The driver's double stands in for it under its name, so this runs on machines without a GPU.
TEST(Device, AGpuIsNamedByItsDriver) {
  if (torch::cuda::is_available()) GTEST_SKIP() << "the real driver is loaded";
  const auto nameOn = [](c10::Device device) { return processorOf(device); };
  ASSERT_NE(::dlopen(FER_DRIVER_DOUBLE, RTLD_NOW), nullptr) << ::dlerror();
  EXPECT_EQ(nameOn({c10::kCUDA, 0}), "Drawn GPU 0");
  EXPECT_EQ(nameOn({c10::kCUDA, 1}), "Drawn GPU 1");
  EXPECT_EQ(nameOn({c10::kCUDA, 2}), "unknown") << "there are two";
  EXPECT_NE(nameOn(c10::kCPU), "Drawn GPU 0");
}

}  // namespace
}  // namespace fer::nn
