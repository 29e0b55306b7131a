#include "report/plot/confusion_svg.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/samples.hpp"
#include "support/golden.hpp"

namespace fer::report {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(ConfusionSvg, Counts) {
  test::expectGolden(confusionSvg(sampleSummary(), Cells::kCounts), "report/confusion_matrix.svg");
}

TEST(ConfusionSvg, SharesOfTheTrueClass) {
  test::expectGolden(confusionSvg(sampleSummary(), Cells::kRecall), "report/confusion_matrix_normalized.svg");
}

TEST(ConfusionSvg, EscapesNamesAndShowsAClassWithoutRows) {
  const metrics::Summary summary = metrics::summarise(smallEvaluation());
  const std::string svg = confusionSvg(summary, Cells::kRecall);
  EXPECT_THAT(svg, HasSubstr("a|b &lt;run&gt; &amp; &quot;so&quot;: test split"));
  EXPECT_THAT(svg, HasSubstr(">müde &amp; &lt;sad&gt;<"));
  EXPECT_THAT(svg, HasSubstr(">–<"));
  EXPECT_THAT(confusionSvg(summary, Cells::kCounts), Not(HasSubstr(">–<")));
}

TEST(ConfusionSvg, CutsNamesTooLongForThePictureButKeepsThemAsTips) {
  metrics::Summary summary = metrics::summarise(smallEvaluation());
  summary.classes[0] = "contemptuous disapproval of everything";
  EXPECT_THAT(confusionSvg(summary, Cells::kCounts),
              HasSubstr(">contemptuous disapproval of eve…<title>contemptuous disapproval of everything</title>"));
}

}  // namespace
}  // namespace fer::report
