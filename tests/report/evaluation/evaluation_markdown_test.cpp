#include "report/evaluation/markdown.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/samples.hpp"
#include "support/golden.hpp"

namespace fer::report {
namespace {

using testing::HasSubstr;

TEST(EvaluationMarkdown, HasScoresClassesPicturesAndOrigin) {
  test::expectGolden(evaluationMarkdown(completeSummary()), "report/report.md");
}

TEST(EvaluationMarkdown, OfSchema1LeavesOutWhatItDidNotStore) {
  test::expectGolden(evaluationMarkdown(sampleSummary()), "report/report_schema1.md");
}

TEST(EvaluationMarkdown, EscapesNames) {
  const std::string text = evaluationMarkdown(metrics::summarise(smallEvaluation()));
  EXPECT_THAT(text, HasSubstr("# a\\|b \\<run\\> \\& \"so\": test split\n"));
  EXPECT_THAT(text, HasSubstr("| müde \\& \\<sad\\> |"));
  EXPECT_THAT(text, HasSubstr("|       – |                 – |\n"));  // a class without rows has no ROC-AUC
  EXPECT_THAT(text, HasSubstr("1 of the 5 images (20.0 %) also stand"));
}

TEST(EvaluationMarkdown, SaysWhoseLabelsASecondSetIs) {
  metrics::Summary summary = sampleSummary();
  EXPECT_THAT(evaluationMarkdown(summary), testing::Not(HasSubstr("not the run's own")));
  summary.label_set = "FER+";
  EXPECT_THAT(evaluationMarkdown(summary), HasSubstr("| FER+, not the run's own "));
}

TEST(EvaluationMarkdown, SaysWhenNothingLeaked) {
  metrics::Evaluation evaluation = smallEvaluation();
  evaluation.in_training.back() = false;
  EXPECT_THAT(evaluationMarkdown(metrics::summarise(evaluation)), HasSubstr("None of the images also stands"));
}

}  // namespace
}  // namespace fer::report
