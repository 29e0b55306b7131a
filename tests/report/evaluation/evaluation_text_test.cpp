#include "fer/report/evaluation/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

}  // namespace
}  // namespace fer::report
