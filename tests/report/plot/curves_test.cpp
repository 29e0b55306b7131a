#include "fer/report/plot/curves.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "fer/core/error.hpp"
#include "support/golden.hpp"

namespace fer::report {
namespace {

using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsNan;
using testing::Not;

constexpr const char* kHeader = "epoch,accuracy,loss,lr,val_accuracy,val_loss\n";

TEST(MetricsCsv, IsReadByItsColumnNames) {
  const History history =
      parseMetricsCsv(std::string(kHeader) + "0,0.25,1.9,0.001,0.3,1.8\n1,0.5,1.5,0.001,0.4,1.7\n", "m.csv");
  EXPECT_THAT(history.epochs, ElementsAre(0, 1));
  EXPECT_THAT(history.accuracy.train, ElementsAre(0.25, 0.5));
  EXPECT_THAT(history.loss.train, ElementsAre(1.9, 1.5));
  EXPECT_THAT(history.accuracy.validation, ElementsAre(0.3, 0.4));
  EXPECT_THAT(history.loss.validation, ElementsAre(1.8, 1.7));
}

TEST(MetricsCsv, MayHaveGapsOtherLineEndsAndOtherColumns) {
  const History history =
      parseMetricsCsv("\xEF\xBB\xBFloss, epoch ,seconds\r\nNA,0,x\r\n,1,\r\nnan,2,9\r\n\r\n0.5,3,", "m.csv");
  EXPECT_THAT(history.epochs, ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(history.loss.train, ElementsAre(IsNan(), IsNan(), IsNan(), 0.5));
  EXPECT_EQ(history.accuracy.validation.size(), 4U);
  EXPECT_THAT(history.accuracy.validation, Each(IsNan()));
  EXPECT_TRUE(parseMetricsCsv(kHeader, "m.csv").epochs.empty());
}

TEST(MetricsCsv, RefusesWhatItCannotRead) {
  const struct {
    std::string text;
    const char* message;
  } cases[] = {
      {"", "m.csv:1: no column \"epoch\""},
      {"time,loss\n", "m.csv:1: no column \"epoch\""},
      {"epoch,loss,loss\n", "m.csv:1: the column \"loss\" stands twice"},
      {"epoch,loss\n0,0.5\n1,high\n", "m.csv:3: loss: expected a number, found \"high\""},
      {"epoch,loss\n0,0.5x\n", "m.csv:2: loss: expected a number, found \"0.5x\""},
      {"epoch,loss\n0\n", "m.csv:2: expected 2 fields as in the header, found 1"},
      {"epoch,loss\n0,1,2\n", "m.csv:2: expected 2 fields as in the header, found 3"},
      {"epoch,loss\n,1\n", "m.csv:2: epoch: expected a number"},
  };
  for (const auto& one : cases) {
    try {
      parseMetricsCsv(one.text, "m.csv");
      ADD_FAILURE() << "accepted: " << one.text;
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), HasSubstr(one.message));
      EXPECT_EQ(error.fault(), Fault::kData);
    }
  }
}

TEST(CurvesSvg, ShowsLossAndAccuracy) {
  History history;
  for (int epoch = 0; epoch < 60; ++epoch) {
    history.epochs.push_back(epoch);
    history.loss.train.push_back(0.5 + 1.4 / (1 + 0.1 * epoch));
    history.loss.validation.push_back(0.9 + 0.9 / (1 + 0.2 * epoch) + 0.004 * std::abs(epoch - 30));
    history.accuracy.train.push_back(0.85 - 0.6 / (1 + 0.08 * epoch));
    history.accuracy.validation.push_back(0.66 - 0.4 / (1 + 0.15 * epoch));
  }
  test::expectGolden(curvesSvg(history, "vgg_block"), "report/curves.svg");
}

TEST(CurvesSvg, MarksTheFirstBestEpochAndBreaksLinesAtGaps) {
  const History history = parseMetricsCsv(
      std::string(kHeader) + "0,0.1,3,NA,0.2,NA\n1,0.2,NA,NA,0.6,1.25\n2,0.3,1,NA,0.6,1.5\n3,0.4,1,NA,NA,inf\n",
      "m.csv");
  const std::string svg = curvesSvg(history, "a < b");
  EXPECT_THAT(svg,
              AllOf(HasSubstr("best validation 1.2500 in epoch 1<"), HasSubstr("best validation 0.6000 in epoch 1<"),
                    HasSubstr(">a &lt; b<"), Not(HasSubstr("nan")), Not(HasSubstr("inf"))));
}

TEST(CurvesSvg, OfOneEpochOrNoneIsAPictureToo) {
  const std::string one =
      curvesSvg(parseMetricsCsv(std::string(kHeader) + "0,0.5,1.5,0.001,0.4,1.7\n", "m.csv"), "one");
  EXPECT_THAT(one, AllOf(HasSubstr("<circle"), HasSubstr("in epoch 0<"), Not(HasSubstr("nan"))));
  const std::string none = curvesSvg(parseMetricsCsv(kHeader, "m.csv"), "none");
  EXPECT_THAT(none,
              AllOf(HasSubstr("</svg>"), Not(HasSubstr("<polyline")), Not(HasSubstr("best")), Not(HasSubstr("nan"))));
}

}  // namespace
}  // namespace fer::report
