#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>

#include "fer/core/threads.hpp"

namespace fer {
namespace {

TEST(OnThreads, DoesAllOfTheWorkHoweverManyThereAre) {
  for (const unsigned threads : {0U, 1U, 2U, 5U}) {
    std::atomic<int> next = 0;
    std::atomic<int> done = 0;
    std::atomic<unsigned> calls = 0;
    onThreads(threads, [&] {
      ++calls;
      while (next++ < 100) ++done;
    });
    EXPECT_EQ(done, 100) << threads;
    EXPECT_EQ(calls, std::max(1U, threads)) << threads;
  }
}

}  // namespace
}  // namespace fer
