#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <vector>

namespace fer::nn {

/// Blocks of memory, kept when given back and handed out again; small ones, which malloc is good at, come from there
/// and go back. Any number of threads.
class BlockPool {
 public:
  BlockPool() = default;
  BlockPool(const BlockPool&) = delete;
  BlockPool& operator=(const BlockPool&) = delete;
  ~BlockPool();  ///< frees what it keeps; what was not given back stays the owner's to lose

  static constexpr std::size_t kSmallestKept = std::size_t{1} << 18;  ///< bytes
  static constexpr std::size_t kAlignment = 64;  ///< of what is handed out: a cache line, as vector code wants it

  /// At least so many bytes with whatever is in them; throws std::bad_alloc.
  void* take(std::size_t bytes);
  /// What take() returned, or null.
  void give(void* memory);

  std::size_t inUse() const;     ///< bytes, without the small blocks
  std::size_t reserved() const;  ///< in use, or kept for later

  /// The size of the block that serves `bytes`: at most an eighth more, so that near sizes share blocks.
  static std::size_t blockSize(std::size_t bytes);

 private:
  mutable std::mutex mutex_;
  std::map<std::size_t, std::vector<void*>> free_;  ///< by size
  std::size_t in_use_ = 0;
  std::size_t reserved_ = 0;
};

}  // namespace fer::nn
