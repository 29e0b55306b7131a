#include "fer/report/evaluation/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fer/report/evaluation/model_card.hpp"
#include "report/evaluation/markdown.hpp"
#include "report/samples.hpp"
#include "support/golden.hpp"

namespace fer::report {
namespace {

TEST(EvaluationText, SaysAllThatIsKnown) {
  test::expectGolden(evaluationText(completeSummary()), "report/evaluation.txt");
}

TEST(EvaluationText, LeavesOutWhatIsNot) {
  const std::string text = evaluationText(sampleSummary());
  EXPECT_THAT(text,
              testing::EndsWith("(219 images of this split also stand, pixel for pixel, in the training images)\n"));
}

// Five rows: Wilson's interval of 0 of 5 ends at z^2 / (5 + z^2) = 3.8415 / 8.8415.
TEST(EvaluationText, SaysWhoseIntervalsTheyAreWhereNothingIsRight) {
  metrics::Evaluation evaluation = smallEvaluation();
  evaluation.labels = {1, 0, 1, 0, 1};
  const metrics::Summary summary = metrics::summarise(evaluation);
  EXPECT_THAT(evaluationText(summary), testing::HasSubstr("accuracy           0.0000  0.0000 .. 0.4345\n"));
  EXPECT_THAT(evaluationMarkdown(summary), testing::HasSubstr("0.0000 .. 0.4345"));
  for (const std::string& text :
       {evaluationText(summary), evaluationMarkdown(summary), modelCard({"run", "", "", {summary}})})
    EXPECT_THAT(text, testing::HasSubstr("these intervals are Wilson's"));
  EXPECT_THAT(evaluationMarkdown(summary), testing::Not(testing::HasSubstr("bootstrapped (BCa)")));
}

TEST(EvaluationText, SaysNothingOfLeaksInAnotherDataset) {
  metrics::Summary summary = sampleSummary();
  summary.protocol = metrics::kNoProtocol;
  EXPECT_THAT(evaluationText(summary), testing::HasSubstr("of another dataset than the one trained on"));
  EXPECT_THAT(evaluationText(summary), testing::Not(testing::HasSubstr("leak-free")));
}

}  // namespace
}  // namespace fer::report
