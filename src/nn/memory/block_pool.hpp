#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <unordered_map>

namespace fer::nn {

/// One stretch of address space out of which blocks are cut, and into which they are put back next to their
/// neighbours; pages once touched stay this process's. The first gap that is large enough is taken, by large blocks
/// from the lower end, by others from the upper one, where those that live long do not come to lie between them: so
/// the pages touched are little more than the most ever in use. Small blocks, which malloc is good at, come from there
/// and go back; so do all when the stretch is full or cannot be had. Any number of threads.
class BlockPool {
 public:
  explicit BlockPool(std::size_t capacity);  ///< bytes of address space; memory is taken as it is touched
  BlockPool(const BlockPool&) = delete;
  BlockPool& operator=(const BlockPool&) = delete;
  ~BlockPool();  ///< what was not given back is gone

  static constexpr std::size_t kSmallest = std::size_t{1} << 18;  ///< bytes; below, malloc serves
  static constexpr std::size_t kLarge = std::size_t{1} << 20;     ///< bytes; from here on from the lower end
  static constexpr std::size_t kAlignment = 64;  ///< of what is handed out: a cache line, as vector code wants it

  /// At least so many bytes with whatever is in them; throws std::bad_alloc.
  void* take(std::size_t bytes);
  /// What take() returned, or null.
  void give(void* memory);

  std::size_t inUse() const;    ///< bytes of the stretch
  std::size_t touched() const;  ///< at either end, up to the innermost block there ever was

 private:
  std::byte* cutLow(std::size_t size);   ///< null where nothing is large enough
  std::byte* cutHigh(std::size_t size);  ///< likewise

  std::byte* const base_;  ///< null where there is no such stretch
  const std::size_t capacity_;
  mutable std::mutex mutex_;
  std::map<std::byte*, std::size_t> gaps_;  ///< no two touch
  std::unordered_map<void*, std::size_t> blocks_;
  std::size_t in_use_ = 0;
  std::size_t low_ = 0;   ///< bytes touched at the lower end
  std::size_t high_ = 0;  ///< at the upper end
};

}  // namespace fer::nn
