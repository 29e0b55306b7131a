#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "fer/report/comparison/writers.hpp"
#include "report/comparison/samples.hpp"
#include "support/golden.hpp"

namespace fer::report {
namespace {

using metrics::Score;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr ComparisonOptions kDraws{500, 0, 1};
constexpr std::size_t kFoldRows = 9;

/// The validation of fold 0, 1 or 2, whose rows are 100, 103 ..., 101, 104 ... or 102, 105 ...: the first `right`
/// right.
RunResult foldRun(const std::string& folder, std::uint32_t fold, std::size_t right, const std::string& seed = "42") {
  RunResult run = sampleRun(folder, firstRight(right, kFoldRows));
  Evaluated& evaluated = run.evaluations.front();
  evaluated.folder = "validation";
  evaluated.summary.split = "validation";
  evaluated.summary.protocol = "kfold";
  evaluated.summary.cost = metrics::Cost{0.25, 19300000, 6.5, 512, "AMD EPYC", 2};
  for (std::uint32_t i = 0; i < kFoldRows; ++i) evaluated.predictions.rows[i] = 100 + 3 * i + fold;
  run.config = {{"model.name", "generic"},           {"data.protocol", "kfold"}, {"data.folds", "3"},
                {"data.fold", std::to_string(fold)}, {"train.seed", seed},       {"data.path", "/" + folder}};
  return run;
}

/// 8, 6 and 4 of 9 rows right, seeds as a sweep would set them; beside them another recipe's folds.
std::vector<RunResult> foldRuns() {
  std::vector<RunResult> runs{foldRun("/x/experiments/a-fold2", 2, 4, "3"),
                              foldRun("/x/experiments/a-fold0", 0, 8, "1"),
                              foldRun("/x/experiments/a-fold1", 1, 6, "2")};
  for (std::uint32_t fold = 0; fold < 3; ++fold) {
    runs.push_back(foldRun("/x/experiments/b-fold" + std::to_string(fold), fold, 3 + fold));
    runs.back().config["model.name"] = "vgg_block";
  }
  return runs;
}

Comparison validated(std::vector<RunResult> runs) {
  return compare(std::move(runs), "validation", kDraws);
}

std::vector<std::string> namesIn(const Comparison& comparison) {
  std::vector<std::string> names;
  for (const ComparableSet& set : comparison.sets)
    for (const Entry& entry : set.entries) names.push_back(entry.name);
  return names;
}

TEST(PooledFolds, MakeOneRowOfARecipe) {
  const Comparison comparison = validated(foldRuns());
  EXPECT_THAT(namesIn(comparison), ElementsAre("a-fold0 (3 folds)", "b-fold0 (3 folds)"));
  ASSERT_EQ(comparison.sets.size(), 1U);
  EXPECT_EQ(comparison.sets[0].rows, 27);
  EXPECT_EQ(comparison.sets[0].pairs.size(), 1U);
}

TEST(PooledFolds, ScoreAllRowsTogetherAndByFold) {
  const Entry entry = validated(foldRuns()).sets.at(0).entries.at(0);
  const Predictions& rows = entry.evaluated.predictions;
  ASSERT_EQ(rows.rows.size(), 27U);
  for (std::uint32_t i = 0; i < 27; ++i) {
    EXPECT_EQ(rows.rows[i], 100 + i);
    const std::size_t right = i % 3 == 0 ? 8 : i % 3 == 1 ? 6 : 4;
    EXPECT_EQ(rows.predicted[i] == rows.labels[i], i / 3 < right) << i;
    EXPECT_GE(rows.probabilities[std::size_t{i} * 3 + static_cast<std::size_t>(rows.predicted[i])], 0.4F);
  }
  const Measured& accuracy = entry.scores[static_cast<std::size_t>(Score::kAccuracy)];
  EXPECT_NEAR(accuracy.value, 18 / 27.0, 1e-12);
  EXPECT_LT(accuracy.interval.low, accuracy.value);
  EXPECT_GT(accuracy.interval.high, accuracy.value);
  EXPECT_EQ(entry.summary().leak_free.scores.rows, 27);
  EXPECT_FALSE(entry.summary().cost.has_value());
  ASSERT_TRUE(entry.folds.has_value());
  EXPECT_THAT(entry.folds->numbers, ElementsAre("0", "1", "2"));
  EXPECT_THAT(entry.folds->runs, ElementsAre("a-fold0", "a-fold1", "a-fold2"));
  EXPECT_NEAR(entry.folds->accuracy.mean, 6 / 9.0, 1e-12);
  EXPECT_NEAR(entry.folds->accuracy.deviation, 2 / 9.0, 1e-12);
}

// Fold 0 by seeds 9 and 10: 8 and 6 of 9 right, mean 7; fold 1: 5.
TEST(PooledFolds, TakeTheMeanOverAFoldsSeedsAndTheRowsOfItsLowest) {
  const Comparison comparison =
      validated({foldRun("/x/ten", 0, 6, "10"), foldRun("/x/nine", 0, 8, "9"), foldRun("/x/one", 1, 5, "9")});
  const Entry& entry = comparison.sets.at(0).entries.at(0);
  EXPECT_THAT(comparisonText(comparison),
              HasSubstr("nine (2 folds) is made of fold 0 and 1 of 3: nine, ten and one; by "
                        "fold, the seeds' mean counts, else the lowest seed alone."));
  EXPECT_EQ(entry.name, "nine (2 folds)");
  EXPECT_THAT(entry.folds->numbers, ElementsAre("0", "1"));
  EXPECT_THAT(entry.folds->runs, ElementsAre("nine", "ten", "one"));
  EXPECT_EQ(entry.summary().all.scores.rows, 18);
  EXPECT_NEAR(entry.scores[0].value, 13 / 18.0, 1e-12);
  EXPECT_NEAR(entry.folds->accuracy.mean, 6 / 9.0, 1e-12);
  EXPECT_NEAR(entry.folds->accuracy.deviation, std::sqrt(2) / 9.0, 1e-12);
}

TEST(PooledFolds, LeaveAloneWhatIsNoOtherFold) {
  EXPECT_THAT(namesIn(validated({foldRun("/x/a", 0, 5, "1"), foldRun("/x/b", 0, 4, "2")})), ElementsAre("a", "b"));
  std::vector<RunResult> other{foldRun("/x/a", 0, 5), foldRun("/x/b", 1, 5)};
  other[1].config["data.split_seed"] = "7";  // cut otherwise: rows of one validate or train the other
  EXPECT_THAT(namesIn(validated(other)), ElementsAre("a", "b"));
  other = {foldRun("/x/a", 0, 5), foldRun("/x/b", 1, 5)};
  for (RunResult& run : other) run.evaluations[0].summary.protocol = "challenge";
  EXPECT_THAT(namesIn(validated(other)), ElementsAre("a", "b"));
  other = {foldRun("/x/a", 0, 5), foldRun("/x/b", 1, 5)};
  for (RunResult& run : other) run.evaluations[0].summary.split = "test";  // the same rows for all
  EXPECT_THAT(namesIn(validated(other)), ElementsAre("a", "b"));
}

TEST(PooledFolds, KeepVariantsApart) {
  std::vector<RunResult> runs{foldRun("/x/a", 0, 5), foldRun("/x/b", 1, 5)};
  for (RunResult& run : runs) {
    run.evaluations.push_back(run.evaluations[0]);
    run.evaluations[1].summary.tta = "flip";
  }
  EXPECT_THAT(namesIn(validated(runs)), ElementsAre("a (2 folds)", "a + flip (2 folds)"));
}

TEST(PooledFolds, Text) {
  test::expectGolden(comparisonText(validated(foldRuns())), "report/comparison_folds.txt");
}

TEST(PooledFolds, Markdown) {
  test::expectGolden(comparisonMarkdown(validated(foldRuns()), "/x/report"), "report/comparison_folds.md");
}

TEST(PooledFolds, Csv) {
  test::expectGolden(comparisonCsv(validated(foldRuns())), "report/comparison_folds.csv");
}

TEST(PooledFolds, Json) {
  const auto entry = nlohmann::json::parse(comparisonJson(validated(foldRuns())))["sets"][0]["entries"][0];
  const nlohmann::json& folds = entry["folds"];
  EXPECT_EQ(folds["numbers"], (nlohmann::json{"0", "1", "2"}));
  EXPECT_EQ(folds["of"], "3");
  EXPECT_EQ(folds["runs"], (nlohmann::json{"a-fold0", "a-fold1", "a-fold2"}));
  EXPECT_NEAR(folds["accuracy"]["mean"].get<double>(), 6 / 9.0, 1e-12);
  EXPECT_NEAR(folds["accuracy"]["standard_deviation"].get<double>(), 2 / 9.0, 1e-12);
}

TEST(PooledFolds, HtmlSaysWhatTheyAreAndLinksToNoRun) {
  const std::string page = comparisonHtml(validated(foldRuns()), "/x/report");
  EXPECT_THAT(page,
              AllOf(HasSubstr("1.&nbsp;a-fold0 (3 folds)<"), HasSubstr("66.67 ± 22.22"),
                    HasSubstr("a-fold0 (3 folds) is made of fold 0, 1 and 2 of 3: a-fold0, a-fold1 and a-fold2.")));
  EXPECT_THAT(page, Not(HasSubstr("report.md")));
}

}  // namespace
}  // namespace fer::report
