#include "fer/metrics/summary.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <stdexcept>

namespace fer::metrics {
namespace {

/// Rows 0 and 2 are right, row 1 is wrong; rows 0 and 1 also stand in training.
Evaluation threeRows() {
  Evaluation evaluation;
  evaluation.run = "a run";
  evaluation.classes = {"a", "b"};
  evaluation.rows = {10, 11, 12};
  evaluation.usages = {"PublicTest", "PublicTest", "PrivateTest"};
  evaluation.labels = {0, 1, 1};
  evaluation.probabilities = {0.9F, 0.1F, 0.5F, 0.5F, 0.2F, 0.8F};
  evaluation.in_training = {true, true, false};
  return evaluation;
}

TEST(Summarise, ScoresAllRowsAndThoseThatTrainingNeverSaw) {
  const Summary summary = summarise(threeRows());
  EXPECT_EQ(summary.run, "a run");
  EXPECT_EQ(summary.all.confusion, ConfusionMatrix(2, {1, 0, 1, 1}));
  EXPECT_EQ(summary.all.scores, scores(summary.all.confusion));
  EXPECT_DOUBLE_EQ(summary.all.scores.accuracy, 2.0 / 3);
  EXPECT_EQ(summary.leak_free.confusion, ConfusionMatrix(2, {0, 0, 0, 1}));
  EXPECT_EQ(summary.leak_free.scores.rows, 1);
  EXPECT_DOUBLE_EQ(summary.leak_free.scores.accuracy, 1);
  EXPECT_EQ(summary.leak_free.scores.classes_with_rows, 1U);
}

TEST(Summarise, ScoresTheRowsOfEachUsageApart) {
  Evaluation evaluation = threeRows();
  const Summary summary = summarise(evaluation);
  ASSERT_EQ(summary.parts.size(), 2U);
  EXPECT_EQ(summary.parts[0].usage, "PrivateTest");
  EXPECT_EQ(summary.parts[0].scored.confusion, ConfusionMatrix(2, {0, 0, 0, 1}));
  EXPECT_EQ(summary.parts[1].usage, "PublicTest");
  EXPECT_EQ(summary.parts[1].scored.confusion, ConfusionMatrix(2, {1, 0, 1, 0}));
  EXPECT_DOUBLE_EQ(summary.parts[1].scored.scores.accuracy, 0.5);
  evaluation.usages = {"PrivateTest", "PrivateTest", "PrivateTest"};
  EXPECT_TRUE(summarise(evaluation).parts.empty());
}

TEST(Summarise, HasProbabilityScoresAndIntervals) {
  const Evaluation evaluation = threeRows();
  const Summary summary = summarise(evaluation);
  ASSERT_TRUE(summary.probability.has_value());
  EXPECT_DOUBLE_EQ(summary.probability->top2, 1);
  EXPECT_DOUBLE_EQ(summary.probability->kappa, 0.4);  // by hand: (2 * 3 - 4) / (9 - 4)
  EXPECT_EQ(summary.probability->per_class.size(), 2U);
  const std::vector<int> predictions{0, 0, 1};
  const std::vector<float> confidences{0.9F, 0.5F, 0.8F};
  const ModelRows model{predictions, confidences};
  const BootstrapDraws draws = bootstrap(evaluation.labels, 2, std::span(&model, 1), {});
  ASSERT_TRUE(summary.intervals.has_value());
  for (std::size_t i = 0; i < kScores; ++i) EXPECT_EQ((*summary.intervals)[i], draws.bca(0, static_cast<Score>(i)));
}

TEST(Summarise, RefusesNoRows) {
  Evaluation evaluation;
  evaluation.classes = {"a"};
  EXPECT_THROW(summarise(evaluation), std::invalid_argument);
}

TEST(Summarise, RefusesListsThatDiffer) {
  const std::function<void(Evaluation&)> faults[] = {
      [](Evaluation& e) { e.rows.pop_back(); },        [](Evaluation& e) { e.usages.pop_back(); },
      [](Evaluation& e) { e.labels.pop_back(); },      [](Evaluation& e) { e.probabilities.pop_back(); },
      [](Evaluation& e) { e.in_training.pop_back(); }, [](Evaluation& e) { e.classes.clear(); },
      [](Evaluation& e) { e.labels[0] = 2; },
  };
  for (const auto& spoil : faults) {
    Evaluation evaluation = threeRows();
    spoil(evaluation);
    EXPECT_THROW(summarise(evaluation), std::invalid_argument);
  }
}

}  // namespace
}  // namespace fer::metrics
