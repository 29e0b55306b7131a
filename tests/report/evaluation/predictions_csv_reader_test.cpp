#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fer/core/error.hpp"
#include "fer/report/evaluation/predictions_csv.hpp"
#include "report/samples.hpp"

namespace fer::report {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(PredictionsCsvReader, ReadsWhatTheWriterWroteInAscendingRows) {
  const metrics::Evaluation evaluation = smallEvaluation();
  const Predictions found = parsePredictionsCsv(predictionsCsv(evaluation), "p.csv");
  EXPECT_EQ(found.classes, evaluation.classes);
  EXPECT_THAT(found.rows, ElementsAre(0, 7, 8, 100, 4294967295));
  EXPECT_THAT(found.usages, ElementsAre("", "PublicTest", "PublicTest", "PrivateTest", "PrivateTest"));
  EXPECT_THAT(found.labels, ElementsAre(0, 0, 1, 1, 0));
  EXPECT_THAT(found.predicted, ElementsAre(0, 0, 1, 0, 2));
  EXPECT_THAT(found.probabilities, ElementsAre(0.5F, 0.25F, 0.25F, 1, 0, 0, 0.1F, 0.7F, 0.2F, 0.33333334F, 0.33333334F,
                                               0.33333334F, 1e-9F, 1e-9F, 1));
}

TEST(PredictionsCsvReader, ReadsQuotedFieldsAndOtherLineEnds) {
  const Predictions found =
      parsePredictionsCsv("row,usage,label,predicted,\"a\nb\",\"c \"\"d\"\"\"\r\n3,\"x,y\",0,1,0.25,0.75", "p.csv");
  EXPECT_THAT(found.classes, ElementsAre("a\nb", "c \"d\""));
  EXPECT_THAT(found.usages, ElementsAre("x,y"));
}

TEST(PredictionsCsvReader, AHeaderAloneIsNoRows) {
  EXPECT_THAT(parsePredictionsCsv("row,usage,label,predicted,a\n", "p.csv").rows, testing::IsEmpty());
}

TEST(PredictionsCsvReader, RefusesWhatIsNone) {
  const std::string header = "row,usage,label,predicted,a,b\n";
  const struct {
    std::string text;
    const char* message;
  } cases[] = {
      {"", "p.csv:1: expected the columns row,usage,label,predicted and one a class"},
      {"row,usage,label,predicted\n", "p.csv:1: expected the columns"},
      {"row,label,usage,predicted,a\n", "p.csv:1: expected the columns"},
      {header + "1,,0,0,0.5\n", "p.csv:2: expected 6 fields as in the header, found 5"},
      {header + "1,,0,0,0.5,0.5\n\n", "p.csv:3: expected 6 fields as in the header, found 1"},
      {header + "-1,,0,0,0.5,0.5\n", "p.csv:2: row: expected a row number, found \"-1\""},
      {header + "4294967296,,0,0,1,0\n", "p.csv:2: row: expected a row number"},
      {header + "1,,2,0,0.5,0.5\n", "p.csv:2: label: expected a class from 0 to 1, found \"2\""},
      {header + "1,,0,x,0.5,0.5\n", "p.csv:2: predicted: expected a class from 0 to 1, found \"x\""},
      {header + "1,,0,0,0.5,1.5\n", "p.csv:2: b: expected a probability from 0 to 1, found \"1.5\""},
      {header + "1,,0,0,nan,0.5\n", "p.csv:2: a: expected a probability from 0 to 1, found \"nan\""},
      {header + "1,,0,0, 1,0\n", "p.csv:2: a: expected a probability"},
      {header + "1,,0,1,0.5,0.5\n", "p.csv:2: predicted: 1 is not the most probable class, 0"},
      {header + "1,,0,0,1,0\n2,,0,0,1,0\n1,,0,0,1,0\n", "p.csv: row 1 stands twice"},
      {header + "1,\"x,0,0,1,0\n", "p.csv:2: a quote is not closed"},
      {header + "1,\"x\"y,0,0,1,0\n", "p.csv:2: text after a closing quote"},
      {header + "1,,0,0,1,0\r2,,0,0,1,0\n", "p.csv:2: a carriage return within a line"},
      {"row,usage,label,predicted,\"a\nb\",c\n1,,0,9,1,0\n", "p.csv:3: predicted"},
  };
  for (const auto& one : cases) {
    try {
      parsePredictionsCsv(one.text, "p.csv");
      ADD_FAILURE() << "took " << one.text;
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::kData);
      EXPECT_THAT(error.what(), HasSubstr(one.message)) << one.text;
      EXPECT_THAT(error.what(), HasSubstr("evaluate the run again with fer-eval")) << one.text;
    }
  }
}

}  // namespace
}  // namespace fer::report
