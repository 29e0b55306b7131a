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

// Rows 0 and 1 of PublicTest are right, both of PrivateTest wrong, the one without a usage right.
TEST(EvaluationText, SaysTheScoresOfEachUsage) {
  metrics::Summary summary = metrics::summarise(smallEvaluation());
  summary.ceiling = metrics::Ceiling{0.6875, 0.765625, 3589};
  const std::string text = evaluationText(summary);
  EXPECT_THAT(text, testing::HasSubstr("\nPublicTest     2 images  accuracy 1.0000"));
  EXPECT_THAT(text, testing::HasSubstr("\nPrivateTest     2 images  accuracy 0.0000"));
  EXPECT_THAT(text, testing::HasSubstr("\nno usage       1 images  accuracy 1.0000"));
  EXPECT_THAT(text, testing::HasSubstr("\nceiling: the dataset's labels by FER+'s votes alone 0.6875, by votes and "
                                       "network together 0.7656 (softmax regressions fitted on 3,589 validation"));
  const std::string page = evaluationMarkdown(summary);
  EXPECT_THAT(page, testing::HasSubstr("| leak-free rows | no usage | PrivateTest | PublicTest |"));
  EXPECT_THAT(page, testing::HasSubstr("| ceiling "));
}

TEST(EvaluationText, SaysNothingOfLeaksInAnotherDataset) {
  metrics::Summary summary = sampleSummary();
  summary.protocol = metrics::kNoProtocol;
  EXPECT_THAT(evaluationText(summary), testing::HasSubstr("of another dataset than the one trained on"));
  EXPECT_THAT(evaluationText(summary), testing::Not(testing::HasSubstr("leak-free")));
}

}  // namespace
}  // namespace fer::report
