#include "fer/metrics/intervals/score_intervals.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace fer::metrics {
namespace {

constexpr double kZ2 = 3.841458820694124;  // of 95 %: 1.959963984540054 squared

/// Wilson's high end where none of n rows is right: z^2 / (n + z^2), by its formula with k = 0. The low end where all
/// are right is 1 less that.
double reach(double n) {
  return kZ2 / (n + kZ2);
}

std::array<Interval, kScores> intervalsOf(const std::vector<int>& labels, const std::vector<int>& predictions,
                                          std::size_t classes) {
  const std::vector<float> sure(labels.size(), 0.75F);
  const ModelRows model{predictions, sure};
  const BootstrapDraws draws = bootstrap(labels, classes, std::span(&model, 1), {.draws = 100});
  return scoreIntervals(draws, 0, ConfusionMatrix(classes, labels, predictions));
}

void expectNear(const Interval& found, const Interval& expected) {
  EXPECT_NEAR(found.low, expected.low, 1e-12);
  EXPECT_NEAR(found.high, expected.high, 1e-12);
}

// Six rows: 4 of one class, 2 of the other. Their mean recall is told as by 2^2 / (1/4 + 1/2) = 5.33 rows, so by 5.
TEST(ScoreIntervals, AreWilsonsWhereNothingIsRight) {
  const auto found = intervalsOf({0, 0, 0, 0, 1, 1}, {1, 1, 1, 1, 0, 0}, 2);
  expectNear(found[0], {0, reach(6)});
  expectNear(found[1], {0, reach(5)});
  expectNear(found[2], {0, reach(5)});
  expectNear(found[3], {0, reach(6)});
}

// A third class has no rows: the macro F1 is 2/3 at most.
TEST(ScoreIntervals, AreWilsonsWhereAllIsRight) {
  const auto found = intervalsOf({0, 0, 0, 0, 1, 1}, {0, 0, 0, 0, 1, 1}, 3);
  expectNear(found[0], {1 - reach(6), 1});
  expectNear(found[1], {1 - reach(5), 1});
  expectNear(found[2], {(1 - reach(5)) * 2 / 3, 2.0 / 3});
  expectNear(found[3], {1 - reach(6), 1});
  expectNear(found[4], {0.25, 0.25});  // ECE: the draws', all right with a confidence of 0.75
}

TEST(ScoreIntervals, AreTheDrawsWhereSomeAreRight) {
  const std::vector<int> labels{0, 0, 0, 1, 1, 1};
  const std::vector<int> predictions{0, 0, 1, 1, 1, 0};
  const std::vector<float> sure(6, 0.75F);
  const ModelRows model{predictions, sure};
  const BootstrapDraws draws = bootstrap(labels, 2, std::span(&model, 1), {.draws = 100});
  const ConfusionMatrix confusion(2, labels, predictions);
  EXPECT_FALSE(allAlike(confusion));
  const auto found = scoreIntervals(draws, 0, confusion);
  for (std::size_t i = 0; i < kScores; ++i) EXPECT_EQ(found[i], draws.bca(0, static_cast<Score>(i)));
}

}  // namespace
}  // namespace fer::metrics
