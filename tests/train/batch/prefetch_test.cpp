#include "train/batch/prefetch.hpp"

#include <gtest/gtest.h>
#include <pthread.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <random>
#include <set>
#include <stdexcept>

namespace fer::train {
namespace {

TEST(Prefetch, HandsOutEverythingInOrderWhateverTheThreads) {
  for (const std::size_t threads : {0U, 1U, 2U, 7U}) {
    Prefetch<std::size_t> items(
        [](std::size_t index) {
          std::this_thread::sleep_for(std::chrono::microseconds((index * 7919) % 300));
          return index * index;
        },
        5, 105, threads);
    for (std::size_t index = 5; index < 105; ++index) ASSERT_EQ(items.next(), index * index) << threads;
    EXPECT_EQ(items.next(), std::nullopt);
    EXPECT_EQ(items.next(), std::nullopt);
  }
}

TEST(Prefetch, EndsAtOnceWhenNobodyTakesTheRest) {
  Prefetch<int> items([](std::size_t) { return 1; }, 0, 1'000'000'000, 3);
  EXPECT_EQ(items.next(), 1);
}

TEST(Prefetch, ThrowsWhatMakingAnItemThrewInItsTurn) {
  for (const std::size_t threads : {0U, 2U}) {
    Prefetch<int> items(
        [](std::size_t index) {
          if (index == 3) throw std::runtime_error("three");
          return static_cast<int>(index);
        },
        0, 10, threads);
    for (int index = 0; index < 3; ++index) EXPECT_EQ(items.next(), index);
    EXPECT_THROW(items.next(), std::runtime_error);
  }
}

// In a process of its own: a limit of threads cannot be raised again. Root is not held to RLIMIT_NPROC, but everybody
// is to the space of addresses, of which each thread wants a stack.
TEST(PrefetchDeathTest, SaysWhereTheSystemGrantsFewerThreads) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "AddressSanitizer takes more addresses than the limit leaves";
#endif
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const auto startMany = [] {
    constexpr std::size_t kGibi = std::size_t{1} << 30;
    const rlimit limit{8 * kGibi, 8 * kGibi};
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, kGibi);
    pthread_setattr_default_np(&attributes);
    if (::setrlimit(RLIMIT_AS, &limit) != 0) std::_Exit(1);
    try {
      Prefetch<int> items([](std::size_t) { return 1; }, 0, 1000, 64);
    } catch (const Error& error) {
      std::fputs(error.what(), stderr);
      std::_Exit(3);
    }
    std::_Exit(0);
  };
  EXPECT_EXIT(
      startMany(), testing::ExitedWithCode(3),
      "machine.loader_threads: the system grants [0-9]+ threads of the 64 that are to load images .*Give fewer");
}

TEST(Prefetch, StartsNoMoreThreadsThanThereAreItems) {
  std::mutex mutex;
  std::set<std::thread::id> makers;
  Prefetch<int> items(
      [&](std::size_t) {
        const std::lock_guard lock(mutex);
        makers.insert(std::this_thread::get_id());
        return 1;
      },
      0, 2, 100'000'000);
  while (items.next()) {
  }
  EXPECT_LE(makers.size(), 2U);
}

TEST(Prefetch, OfNothingIsEmpty) {
  Prefetch<int> items([](std::size_t) { return 1; }, 4, 4, 2);
  EXPECT_EQ(items.next(), std::nullopt);
}

}  // namespace
}  // namespace fer::train
