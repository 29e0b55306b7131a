#include "block_pool.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <thread>
#include <vector>

namespace fer::nn {
namespace {

constexpr std::size_t kMega = std::size_t{1} << 20;

TEST(BlockPool, HandsOutTheSameBlockAgain) {
  BlockPool pool;
  void* const first = pool.take(3 * kMega);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(first) % BlockPool::kAlignment, 0U);
  EXPECT_EQ(pool.inUse(), BlockPool::blockSize(3 * kMega));
  pool.give(first);
  EXPECT_EQ(pool.inUse(), 0U);
  EXPECT_EQ(pool.reserved(), BlockPool::blockSize(3 * kMega));
  EXPECT_EQ(pool.take(3 * kMega - 1000), first);  // of nearly the size
  pool.give(first);
  for (const std::size_t bytes : {kMega, 4 * kMega}) {  // far smaller, which would waste it, or larger
    void* const other = pool.take(bytes);
    EXPECT_NE(other, first);
    pool.give(other);
  }
}

TEST(BlockPool, BlocksAreAtMostAnEighthLarger) {
  for (std::size_t bytes = 1000; bytes < 100 * kMega; bytes = bytes * 9 / 8 + 1) {
    EXPECT_GE(BlockPool::blockSize(bytes), bytes + BlockPool::kAlignment);
    EXPECT_LE(BlockPool::blockSize(bytes), (bytes + BlockPool::kAlignment) * 9 / 8 + BlockPool::kAlignment);
  }
}

TEST(BlockPool, SmallBlocksAreNotKept) {
  BlockPool pool;
  void* const small = pool.take(100);
  std::memset(small, 1, 100);
  pool.give(small);
  pool.give(nullptr);
  EXPECT_EQ(pool.reserved(), 0U);
}

TEST(BlockPool, NoBlockHasTwoOwners) {
  BlockPool pool;
  const auto work = [&pool](unsigned char mark) {
    for (int round = 0; round < 200; ++round) {
      std::vector<unsigned char*> mine;
      for (std::size_t i = 1; i <= 4; ++i) {
        mine.push_back(static_cast<unsigned char*>(pool.take(i * kMega / 2)));
        std::memset(mine.back(), mark, 4096);
      }
      for (unsigned char* block : mine) {
        for (int i = 0; i < 4096; ++i) ASSERT_EQ(block[i], mark);
        pool.give(block);
      }
    }
  };
  std::thread other(work, std::uint8_t{1});
  work(2);
  other.join();
  EXPECT_EQ(pool.inUse(), 0U);
}

}  // namespace
}  // namespace fer::nn
