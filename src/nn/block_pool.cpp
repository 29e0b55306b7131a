#include "block_pool.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <new>

namespace fer::nn {
namespace {

constexpr std::size_t kHugePage = std::size_t{1} << 21;

/// Lies before what is handed out.
struct alignas(BlockPool::kAlignment) Header {
  std::size_t size;
};

Header* headerOf(void* memory) {
  return static_cast<Header*>(memory) - 1;
}

/// What follows its header.
void* newBlock(std::size_t size) {
  const std::size_t alignment = size >= kHugePage ? kHugePage : BlockPool::kAlignment;
  void* block = nullptr;
  if (::posix_memalign(&block, alignment, size) != 0) throw std::bad_alloc();
  if (size >= kHugePage) ::madvise(block, size, MADV_HUGEPAGE);  // a wish: without huge pages all works the same
  return new (block) Header{size} + 1;
}

}  // namespace

BlockPool::~BlockPool() {
  for (const auto& [size, blocks] : free_)
    for (void* const memory : blocks) std::free(headerOf(memory));
}

std::size_t BlockPool::blockSize(std::size_t bytes) {
  const std::size_t needed = std::max(bytes, std::size_t{1}) + sizeof(Header);
  const std::size_t grain = std::max<std::size_t>(std::bit_floor(needed) / 8, kAlignment);
  return (needed + grain - 1) / grain * grain;
}

void* BlockPool::take(std::size_t bytes) {
  const std::size_t size = blockSize(bytes);
  if (size < kSmallestKept) return newBlock(size);
  const std::lock_guard lock(mutex_);
  // A somewhat larger block is better than a new one: what is freed in one size is often wanted in the next.
  const auto found = free_.lower_bound(size);
  if (found == free_.end() || found->first > size + size / 4) {
    in_use_ += size;
    reserved_ += size;
    return newBlock(size);
  }
  void* const memory = found->second.back();
  found->second.pop_back();
  in_use_ += found->first;
  if (found->second.empty()) free_.erase(found);
  return memory;
}

void BlockPool::give(void* memory) {
  if (memory == nullptr) return;
  const std::size_t size = headerOf(memory)->size;
  if (size < kSmallestKept) {
    std::free(headerOf(memory));
    return;
  }
  const std::lock_guard lock(mutex_);
  free_[size].push_back(memory);
  in_use_ -= size;
}

std::size_t BlockPool::inUse() const {
  const std::lock_guard lock(mutex_);
  return in_use_;
}

std::size_t BlockPool::reserved() const {
  const std::lock_guard lock(mutex_);
  return reserved_;
}

}  // namespace fer::nn
