#include "nn/memory/block_pool.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <thread>
#include <vector>

namespace fer::nn {
namespace {

constexpr std::size_t kMega = std::size_t{1} << 20;

constexpr std::size_t kCapacity = 64 * kMega;

TEST(BlockPool, PutsBlocksBackBesideTheirNeighbours) {
  BlockPool pool(kCapacity);
  void* const first = pool.take(3 * kMega);
  void* const second = pool.take(kMega - 1);  // rounded up to a cache line: still a large block's size
  void* const third = pool.take(2 * kMega);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(second) % BlockPool::kAlignment, 0U);
  EXPECT_EQ(pool.inUse(), 6 * kMega);
  pool.give(first);
  pool.give(second);
  EXPECT_EQ(pool.take(4 * kMega), first);  // both gaps are one
  pool.give(third);
  EXPECT_EQ(pool.take(60 * kMega), third);  // and one with what was never cut
  EXPECT_EQ(pool.touched(), kCapacity);
}

TEST(BlockPool, TakesTheFirstGapThatIsLargeEnough) {
  BlockPool pool(kCapacity);
  void* const first = pool.take(2 * kMega);
  void* const kept = pool.take(kMega);
  pool.give(first);
  void* const larger = pool.take(3 * kMega);
  EXPECT_GT(larger, kept);
  EXPECT_EQ(pool.take(2 * kMega), first);
  EXPECT_EQ(pool.touched(), 6 * kMega);
}

TEST(BlockPool, BlocksOfLessThanAMegabyteComeFromTheUpperEnd) {
  BlockPool pool(kCapacity);
  auto* const large = static_cast<std::byte*>(pool.take(kMega));
  void* const small = pool.take(kMega / 2);
  EXPECT_EQ(small, large + kCapacity - kMega / 2);
  EXPECT_EQ(pool.touched(), kMega + kMega / 2);
  pool.give(small);
  EXPECT_EQ(pool.take(kMega / 2), small);
}

TEST(BlockPool, MallocServesWhatIsSmallAndWhatDoesNotFit) {
  for (const std::size_t capacity : {kCapacity, std::size_t{1} << 62U}) {  // so much address space there is not
    BlockPool pool(capacity);
    for (const std::size_t bytes : {std::size_t{100}, kCapacity + 1}) {
      void* const block = pool.take(bytes);
      std::memset(block, 1, 100);
      pool.give(block);
    }
    pool.give(nullptr);
    EXPECT_EQ(pool.touched(), 0U);
  }
  BlockPool full(kMega);
  void* const all = full.take(kMega);
  void* const more = full.take(kMega);
  std::memset(more, 1, kMega);
  EXPECT_EQ(full.inUse(), kMega);
  full.give(more);
  full.give(all);
  EXPECT_EQ(full.inUse(), 0U);
}

TEST(BlockPool, NoBlockHasTwoOwners) {
  BlockPool pool(kCapacity);
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
