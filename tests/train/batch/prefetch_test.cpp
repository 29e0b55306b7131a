#include "train/batch/prefetch.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <random>
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

TEST(Prefetch, OfNothingIsEmpty) {
  Prefetch<int> items([](std::size_t) { return 1; }, 4, 4, 2);
  EXPECT_EQ(items.next(), std::nullopt);
}

}  // namespace
}  // namespace fer::train
