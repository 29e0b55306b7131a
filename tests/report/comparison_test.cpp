#include "fer/report/comparison.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/samples.hpp"
#include "support/golden.hpp"

namespace fer::report {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// A run of two classes with so many of 100 rows of each class right.
RunResult result(const std::string& folder, std::int64_t first_right, std::int64_t second_right) {
  metrics::Summary summary{sampleOrigin(), {}, {}};
  summary.model = "generic";
  summary.classes = {"a", "b"};
  summary.all =
      metrics::scored(metrics::ConfusionMatrix(2, {first_right, 100 - first_right, 100 - second_right, second_right}));
  summary.leak_free = metrics::scored(metrics::ConfusionMatrix(2, {first_right, 0, 100 - second_right, 0}));
  return {folder, summary};
}

TEST(Comparison, MarkdownHasTheMostAccurateFirstLinksAndTheBestInBold) {
  const std::vector<RunResult> runs{result("/x/experiments/b", 60, 70),
                                    result("/x/experiments/a|1/", 80, 70),
                                    {"/x/experiments/new", std::nullopt},
                                    result("/x/experiments/c", 80, 70)};
  test::expectGolden(comparisonMarkdown(runs, "test", "/x/reports/all.md"), "report/comparison.md");
}

TEST(Comparison, TextIsPlain) {
  const std::string text = comparisonText({result("/x/b", 60, 70), result("/x/a", 80, 70)}, "test");
  EXPECT_THAT(text, AllOf(HasSubstr("| a   |"), HasSubstr("| b   |"), Not(HasSubstr("**")), Not(HasSubstr("]("))));
  EXPECT_LT(text.find("| a "), text.find("| b "));
}

TEST(Comparison, WarnsOfRunsThatCannotBeCompared) {
  RunResult other = result("/x/b", 60, 70);
  other.summary->protocol = "challenge";
  other.summary->data_hash = "0123456789abcdef";
  other.summary->all = metrics::scored(metrics::ConfusionMatrix(2, {1000, 0, 1, 1}));
  const std::string text = comparisonMarkdown({result("/x/a", 80, 70), other, result("/x/c", 1, 1)}, "test", "/x/r.md");
  EXPECT_THAT(text, HasSubstr("Not comparable, and none marked as the best: the runs differ in\n\n"
                              "- data hash: 0123456789a… (b), b1946ac9249… (a, c)\n"
                              "- protocol: challenge (b), original (a, c)\n"
                              "- rows: 1,002 (b), 200 (a, c)\n"));
  EXPECT_THAT(text, Not(HasSubstr("**")));
  EXPECT_THAT(comparisonText({result("/x/a", 80, 70), other}, "test"), HasSubstr("Not comparable"));
  EXPECT_THAT(comparisonText({result("/x/a", 80, 70), result("/x/b", 8, 7)}, "test"), Not(HasSubstr("Not comparable")));
}

TEST(Comparison, CallsRunsOfTheSameNameByTheirPaths) {
  const std::string text = comparisonText({result("x/a", 1, 1), result("y/a/", 2, 2), result("y/b/.", 3, 3)}, "test");
  EXPECT_THAT(text, AllOf(HasSubstr("| x/a  |"), HasSubstr("| y/a/ |"), HasSubstr("| b    |")));
}

// 7,178 rows, the original's test; the published accuracy of generic is 64.73 %.
TEST(Comparison, StandsBesideThePublishedScoresWhereTestAndModelAreTheOriginals) {
  RunResult run = result("/x/a", 0, 0);
  run.summary->protocol = "original";
  run.summary->all = metrics::scored(metrics::ConfusionMatrix(2, {3000, 589, 2000, 1589}));
  EXPECT_THAT(comparisonText({run}, "test"), AllOf(HasSubstr("ours / published"), HasSubstr("63.93 / 64.73")));
  EXPECT_THAT(comparisonText({run}, "validation"), Not(HasSubstr("published")));
  run.summary->protocol = "challenge";
  EXPECT_THAT(comparisonText({run}, "test"), Not(HasSubstr("published")));
  EXPECT_THAT(comparisonText({result("/x/a", 1, 1)}, "test"), Not(HasSubstr("published")));
}

TEST(Comparison, SaysHowToEvaluateWhatIsNot) {
  EXPECT_THAT(comparisonText({result("/x/a", 1, 1), {"/x/b", std::nullopt}}, "validation"),
              HasSubstr("- b: not evaluated: run `fer-eval --run /x/b --split validation`\n"));
}

}  // namespace
}  // namespace fer::report
