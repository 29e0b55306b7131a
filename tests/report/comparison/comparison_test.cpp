#include "fer/report/comparison/comparison.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "report/comparison/samples.hpp"

namespace fer::report {
namespace {

using metrics::Score;
using testing::ElementsAre;
using testing::IsEmpty;

/// Fewer draws than a report takes: what is tested here does not need them.
constexpr ComparisonOptions kQuick{500, 0, 1};

Comparison compared(std::vector<RunResult> runs) {
  return compare(std::move(runs), "test", kQuick);
}

std::vector<std::string> namesOf(const ComparableSet& set) {
  std::vector<std::string> names;
  names.reserve(set.entries.size());
  for (const Entry& entry : set.entries) names.push_back(entry.name);
  return names;
}

TEST(Comparison, RanksByAccuracyThenByName) {
  const Comparison comparison = compared({sampleRun("/x/b", firstRight(20, 30)), sampleRun("/x/a", firstRight(20, 30)),
                                          sampleRun("/x/c", firstRight(25, 30))});
  ASSERT_EQ(comparison.sets.size(), 1U);
  EXPECT_THAT(namesOf(comparison.sets[0]), ElementsAre("c", "a", "b"));
  EXPECT_THAT(comparison.apart, IsEmpty());
  EXPECT_EQ(comparison.sets[0].rows, 30);
}

TEST(Comparison, CallsRunsOfTheSameNameByTheirPaths) {
  const Comparison comparison = compared(
      {sampleRun("x/a", firstRight(3, 9)), sampleRun("y/a/", firstRight(2, 9)), sampleRun("y/b/.", firstRight(1, 9))});
  EXPECT_THAT(namesOf(comparison.sets[0]), ElementsAre("x/a", "y/a/", "b"));
}

TEST(Comparison, MakesARowOfEachVariantWithItsOwnCost) {
  const Comparison comparison = compared(sampleRuns());
  const ComparableSet& set = comparison.sets.at(0);
  EXPECT_THAT(namesOf(set), ElementsAre("good", "good + flip", "good-again", "po|or"));
  EXPECT_EQ(set.entries[0].summary().cost->ms_a_face, 6.5);
  EXPECT_EQ(set.entries[1].summary().cost->ms_a_face, 13);
  EXPECT_TRUE(set.entries[0].history.has_value());
  EXPECT_FALSE(set.entries[1].history.has_value());
  EXPECT_EQ(set.entries[1].test_reads, 2);
}

TEST(Comparison, TakesStoredIntervalsAndComputesTheOthers) {
  const ComparableSet set = compared(sampleRuns()).sets.at(0);
  EXPECT_EQ(set.entries[1].scores[0].interval, (metrics::Interval{0.125, 0.875}));
  for (const std::size_t i : {0U, 2U, 3U}) {
    const Measured& accuracy = set.entries[i].scores[0];
    EXPECT_LT(accuracy.interval.low, accuracy.value);
    EXPECT_GT(accuracy.interval.high, accuracy.value);
  }
}

// 50 and 20 of 60 right, the 20 among the 50: McNemar's exact p is 2 * 0.5^30; of the six pairs Holm multiplies the
// smallest by six.
TEST(Comparison, TestsEveryTwoOnTheSameRows) {
  const ComparableSet set = compared(sampleRuns()).sets.at(0);
  ASSERT_EQ(set.pairs.size(), 6U);
  const Pair& far = set.pair(0, 3);
  EXPECT_EQ(&far, &set.pair(3, 0));
  EXPECT_EQ(far.accuracy.only_first, 30);
  EXPECT_EQ(far.accuracy.only_second, 0);
  EXPECT_NEAR(far.accuracy.exact, std::pow(0.5, 29), 1e-20);
  EXPECT_NEAR(far.accuracy_holm, 6 * std::pow(0.5, 29), 1e-20);
  EXPECT_EQ(set.pair(0, 1).accuracy_holm, 1);
  EXPECT_EQ(set.pair(0, 1).kappa, 1);  // the same predictions
  EXPECT_GT(far.macro_f1.estimate, 0.3);
  EXPECT_LT(far.macro_f1_holm, 0.05);
  EXPECT_LT(far.balanced_accuracy_holm, 0.05);
  // 6 of 60 rows apart: p 2 * 0.5^6 = 0.031 each, no longer real when corrected for six pairs.
  EXPECT_THAT((std::vector<std::string>{set.entries[0].letters, set.entries[1].letters, set.entries[2].letters,
                                        set.entries[3].letters}),
              ElementsAre("a", "a", "a", "b"));
  EXPECT_THROW(set.pair(0, 0), std::out_of_range);
  EXPECT_THROW(set.pair(0, 4), std::out_of_range);
}

TEST(Comparison, DrawsMoreWhereManyPairsAreCorrected) {
  std::vector<RunResult> runs;
  runs.reserve(12);
  for (int i = 0; i < 12; ++i) runs.push_back(sampleRun("/x/" + std::to_string(i), firstRight(5, 9)));
  EXPECT_EQ(compared(std::move(runs)).sets.at(0).draws, 66U * 50);
  EXPECT_EQ(compared(sampleRuns()).sets.at(0).draws, 500U);
}

// p = 50/60: sqrt(5/6 * 1/6 / 60).
TEST(Comparison, KnowsTheStandardError) {
  EXPECT_NEAR(compared(sampleRuns()).sets.at(0).standardError(), 0.0481125, 1e-7);
}

TEST(Comparison, SetsApartWhatIsNoComparison) {
  RunResult protocol = sampleRun("/x/protocol", firstRight(5, 9));
  protocol.evaluations[0].summary.protocol = "challenge";
  RunResult hash = sampleRun("/x/hash", firstRight(5, 9));
  hash.evaluations[0].summary.data_hash = "0123456789abcdef";
  RunResult rows = sampleRun("/x/rows", firstRight(5, 9));
  rows.evaluations[0].predictions.rows.back() = 4000;
  const Comparison comparison =
      compared({protocol, hash, rows, sampleRun("/x/a", firstRight(5, 9)), sampleRun("/x/b", firstRight(6, 9))});
  ASSERT_EQ(comparison.sets.size(), 4U);
  EXPECT_THAT(namesOf(comparison.sets[0]), ElementsAre("b", "a"));  // the largest first
  EXPECT_THAT(comparison.apart,
              ElementsAre("data hash: 0123456789a… (hash), b1946ac9249… (b, a, protocol, rows)",
                          "protocol: challenge (protocol), original (b, a, hash, rows)",
                          testing::MatchesRegex("rows: 9 #[0-9a-f]+ \\(.*\\), 9 #[0-9a-f]+ \\(.*\\)")));
  for (const ComparableSet& set : comparison.sets)
    EXPECT_EQ(set.pairs.size(), set.entries.size() == 2 ? 1U : 0U) << "pairs across sets";
}

TEST(Comparison, GroupsRunsThatDifferInTheirSeedAlone) {
  const ComparableSet set = compared(sampleRuns()).sets.at(0);
  ASSERT_EQ(set.recipes.size(), 1U);
  const Recipe& recipe = set.recipes[0];
  EXPECT_EQ(recipe.name, "good");
  EXPECT_THAT(recipe.entries, ElementsAre(0, 2));
  EXPECT_THAT(recipe.seeds, ElementsAre("1", "2"));
  EXPECT_NEAR(recipe.accuracy.mean, (50 + 44) / 120.0, 1e-12);
  EXPECT_NEAR(recipe.accuracy.deviation, 6 / 60.0 / std::sqrt(2), 1e-12);  // of two: half the gap times sqrt(2)
}

// Accuracies 0.9 and 0.8 against 0.4 and 0.3 of 10 rows: t = 0.5 / sqrt(0.005), two degrees of freedom, for which
// p = 1 - t / sqrt(t^2 + 2).
TEST(Comparison, ComparesRecipesOverTheirSeeds) {
  std::vector<RunResult> runs;
  for (const std::size_t right : {9U, 8U, 4U, 3U}) {
    runs.push_back(sampleRun("/x/" + std::to_string(right), firstRight(right, 10)));
    runs.back().config = {{"train.seed", std::to_string(right)}, {"model.name", right > 5 ? "new" : "old"}};
  }
  const ComparableSet set = compared(std::move(runs)).sets.at(0);
  ASSERT_EQ(set.recipe_pairs.size(), 1U);
  const RecipePair& pair = set.recipe_pairs[0];
  EXPECT_EQ(set.recipes[pair.first].name, "9");
  EXPECT_EQ(set.recipes[pair.second].name, "4");
  EXPECT_NEAR(pair.accuracy.difference, 0.5, 1e-12);
  const double t = 0.5 / std::sqrt(0.005);
  EXPECT_NEAR(pair.accuracy.p, 1 - t / std::sqrt(t * t + 2), 1e-12);
  EXPECT_EQ(pair.holm, pair.accuracy.p);
}

TEST(Comparison, TheSameSeedAgainIsNoFurtherRunOfTheRecipe) {
  std::vector<RunResult> runs{sampleRun("/x/a", firstRight(5, 9)), sampleRun("/x/b", firstRight(4, 9))};
  for (RunResult& run : runs) run.config = {{"train.seed", "1"}};
  EXPECT_THAT(compared(runs).sets.at(0).recipes, IsEmpty());
  runs[1].config["train.seed"] = "2";
  EXPECT_EQ(compared(runs).sets.at(0).recipes.size(), 1U);
  runs[1].evaluations[0].summary.checkpoint = "final";
  EXPECT_THAT(compared(runs).sets.at(0).recipes, IsEmpty());
}

TEST(Comparison, ListsTheKeysInWhichConfigsDiffer) {
  const Comparison comparison = compared(sampleRuns());
  std::vector<std::string> keys;
  keys.reserve(comparison.config_differences.size());
  for (const KeyValues& key : comparison.config_differences) keys.push_back(key.key);
  EXPECT_THAT(keys, ElementsAre("machine.threads", "model.name", "model.weights", "train.seed"));
  EXPECT_THAT(comparison.config_differences[2].values, ElementsAre(testing::Pair("po|or", "a.pth")));
  EXPECT_FALSE(comparison.config_differences[2].alike);
  ASSERT_EQ(comparison.environment.size(), 1U);  // the path is left out
  EXPECT_EQ(comparison.environment[0].key, "libtorch");
}

TEST(Comparison, ListsTheSurestMistakes) {
  const Entry entry = compared(sampleRuns()).sets.at(0).entries.back();
  ASSERT_EQ(entry.mistakes.size(), 24U);
  for (std::size_t i = 0; i + 1 < entry.mistakes.size(); ++i) {
    EXPECT_GE(entry.mistakes[i].confidence, entry.mistakes[i + 1].confidence);
    EXPECT_NE(entry.mistakes[i].label, entry.mistakes[i].predicted);
  }
}

// 7,178 rows, the original's test; the published accuracy of generic is 64.73 %.
TEST(Comparison, KnowsThePublishedScoresWhereTestAndModelAreTheOriginals) {
  RunResult run = sampleRun("/x/a", firstRight(4000, 7178));
  const auto published = [&] { return compared({run}).sets.at(0).entries.at(0).published; };
  ASSERT_TRUE(published().has_value());
  EXPECT_EQ(published()->accuracy, 0.6473);
  run.evaluations[0].summary.model = "mine";
  EXPECT_FALSE(published().has_value());
  run.evaluations[0].summary.model = "generic";
  run.evaluations[0].summary.protocol = "challenge";
  EXPECT_FALSE(published().has_value());
}

TEST(Comparison, SaysHowToEvaluateWhatIsNot) {
  EXPECT_THAT(compared(sampleRuns()).open, ElementsAre("new: not evaluated: run `fer-eval --run /x/experiments/new`"));
  RunResult open;
  open.folder = "/x/b";
  EXPECT_THAT(compare({sampleRun("/x/a", firstRight(5, 9)), open}, "validation", kQuick).open,
              ElementsAre("b: not evaluated: run `fer-eval --run /x/b --split validation`"));
  EXPECT_THROW(compare({open}, "test", kQuick), std::invalid_argument);
}

TEST(Comparison, DoesNotDependOnTheOrderOfTheRunsOrTheThreads) {
  std::vector<RunResult> runs = sampleRuns();
  const ComparableSet one = compare(runs, "test", kQuick).sets.at(0);
  std::reverse(runs.begin(), runs.end());
  const ComparableSet other = compare(runs, "test", {kQuick.draws, kQuick.seed, 3}).sets.at(0);
  ASSERT_EQ(one.pairs.size(), other.pairs.size());
  for (std::size_t i = 0; i < one.pairs.size(); ++i) EXPECT_EQ(one.pairs[i].macro_f1.p, other.pairs[i].macro_f1.p);
  EXPECT_EQ(namesOf(one), namesOf(other));
}

}  // namespace
}  // namespace fer::report
