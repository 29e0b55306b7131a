#include "nn/memory/block_pool.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <new>

namespace fer::nn {
namespace {

std::byte* reserve(std::size_t bytes) {
  void* const stretch =
      ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (stretch == MAP_FAILED) return nullptr;
  ::madvise(stretch, bytes, MADV_HUGEPAGE);  // a wish: without huge pages all works the same
  return static_cast<std::byte*>(stretch);
}

void* fromMalloc(std::size_t bytes) {
  void* block = nullptr;
  if (::posix_memalign(&block, BlockPool::kAlignment, bytes) != 0) throw std::bad_alloc();
  return block;
}

}  // namespace

BlockPool::BlockPool(std::size_t capacity) : base_(reserve(capacity)), capacity_(base_ == nullptr ? 0 : capacity) {
  if (base_ != nullptr) gaps_.emplace(base_, capacity_);
}

BlockPool::~BlockPool() {
  if (base_ != nullptr) ::munmap(base_, capacity_);
}

std::byte* BlockPool::cutLow(std::size_t size) {
  const auto gap = std::find_if(gaps_.begin(), gaps_.end(), [&](const auto& each) { return each.second >= size; });
  if (gap == gaps_.end()) return nullptr;
  const auto [start, length] = *gap;
  gaps_.erase(gap);
  if (length > size) gaps_.emplace(start + size, length - size);
  low_ = std::max(low_, static_cast<std::size_t>(start - base_) + size);
  return start;
}

std::byte* BlockPool::cutHigh(std::size_t size) {
  const auto gap = std::find_if(gaps_.rbegin(), gaps_.rend(), [&](const auto& each) { return each.second >= size; });
  if (gap == gaps_.rend()) return nullptr;
  gap->second -= size;
  std::byte* const start = gap->first + gap->second;
  if (gap->second == 0) gaps_.erase(start);
  high_ = std::max(high_, static_cast<std::size_t>(base_ + capacity_ - start));
  return start;
}

void* BlockPool::take(std::size_t bytes) {
  if (bytes < kSmallest || bytes > capacity_) return fromMalloc(bytes);
  const std::size_t size = (bytes + kAlignment - 1) / kAlignment * kAlignment;
  {
    const std::lock_guard lock(mutex_);
    if (std::byte* const block = size < kLarge ? cutHigh(size) : cutLow(size)) {
      blocks_.emplace(block, size);
      in_use_ += size;
      return block;
    }
  }
  return fromMalloc(bytes);
}

void BlockPool::give(void* memory) {
  if (memory < base_ || memory >= base_ + capacity_) {
    std::free(memory);
    return;
  }
  const std::lock_guard lock(mutex_);
  const auto block = blocks_.find(memory);
  const std::size_t size = block->second;
  blocks_.erase(block);
  in_use_ -= size;
  auto gap = gaps_.emplace(static_cast<std::byte*>(memory), size).first;
  if (const auto next = std::next(gap); next != gaps_.end() && gap->first + gap->second == next->first) {
    gap->second += next->second;
    gaps_.erase(next);
  }
  if (gap == gaps_.begin()) return;
  if (const auto before = std::prev(gap); before->first + before->second == gap->first) {
    before->second += gap->second;
    gaps_.erase(gap);
  }
}

std::size_t BlockPool::inUse() const {
  const std::lock_guard lock(mutex_);
  return in_use_;
}

std::size_t BlockPool::touched() const {
  const std::lock_guard lock(mutex_);
  return low_ + high_;
}

}  // namespace fer::nn
