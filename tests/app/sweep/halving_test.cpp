#include "app/sweep/halving.hpp"

#include <gtest/gtest.h>

namespace fer::app {
namespace {

using Rungs = std::vector<Rung>;

TEST(Halving, RungsGrowInEpochsAndShrinkInTrials) {
  const struct {
    Halving halving;
    std::size_t trials;
    Rungs rungs;
  } cases[] = {
      {{3, 5, 45}, 27, {{5, 27}, {15, 9}, {45, 3}}},
      {{3, 5, 50}, 27, {{5, 27}, {15, 9}, {45, 3}, {50, 1}}},  // the last is never more than epochs
      {{2, 1, 8}, 5, {{1, 5}, {2, 2}, {4, 1}, {8, 1}}},        // one goes on at least
      {{4, 10, 20}, 7, {{10, 7}, {20, 1}}},
      {{3, 6, 6}, 4, {{6, 4}}},  // nothing is cut
      {{1000, 1, 1000000}, 2, {{1, 2}, {1000, 1}, {1000000, 1}}},
  };
  for (const auto& c : cases) EXPECT_EQ(rungsOf(c.halving, c.trials), c.rungs) << c.halving.epochs;
}

}  // namespace
}  // namespace fer::app
