#include "fer/nn/memory/cpu_memory.hpp"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <malloc.h>
#include <unistd.h>

#include <cstring>

#include "nn/memory/block_pool.hpp"
#include "nn/torch_compat.hpp"

namespace fer::nn {
namespace {

std::size_t machineMemory() {
  return static_cast<std::size_t>(::sysconf(_SC_PHYS_PAGES)) * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

/// Never destroyed: tensors may outlive every static object.
BlockPool& pool() {
  static auto* const kBlocks = new BlockPool(machineMemory());
  return *kBlocks;
}

void giveBack(void* memory) {
  pool().give(memory);
}

c10::DataPtr take(std::size_t bytes) {
  void* const memory = bytes == 0 ? nullptr : pool().take(bytes);
  return {memory, memory, &giveBack, c10::kCPU};
}

class PoolingAllocator final : public c10::Allocator {
 public:
  c10::DeleterFnPtr raw_deleter() const override { return &giveBack; }
#if FER_TORCH_ALLOCATOR_COPIES
  c10::DataPtr allocate(std::size_t bytes) override {
    return take(bytes);
  }
  void copy_data(void* to, const void* from, std::size_t count) const override {
    std::memcpy(to, from, count);
  }
#else
  c10::DataPtr allocate(std::size_t bytes) const override {
    return take(bytes);
  }
#endif
};

/// oneDNN's own buffers come from malloc; it too is to keep what it has. Older glibc take no more than 32 MiB here.
void keepFreedMemory() {
  constexpr int kLargestOnHeap = 32 << 20;
  constexpr int kKept = 1 << 30;
  ::mallopt(M_MMAP_THRESHOLD, kLargestOnHeap);
  ::mallopt(M_TRIM_THRESHOLD, kKept);
}

}  // namespace

void reuseTensorMemory() {
  static const bool kOnce = [] {
    constexpr std::uint8_t kOverDefault = 1;
    c10::SetCPUAllocator(new PoolingAllocator, kOverDefault);  // LibTorch keeps it for good
    keepFreedMemory();
    return true;
  }();
  static_cast<void>(kOnce);
}

std::size_t tensorBytes() {
  return pool().inUse();
}

}  // namespace fer::nn
