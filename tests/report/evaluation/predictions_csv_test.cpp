#include "fer/report/evaluation/predictions_csv.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "report/samples.hpp"
#include "support/golden.hpp"

namespace fer::report {
namespace {

TEST(PredictionsCsv, HasALineARow) {
  test::expectGolden(predictionsCsv(smallEvaluation()), "report/predictions.csv");
}

TEST(PredictionsCsv, OfNoRowsIsItsHeader) {
  metrics::Evaluation evaluation;
  evaluation.classes = {"a", "b"};
  EXPECT_EQ(predictionsCsv(evaluation), "row,usage,label,predicted,a,b\n");
}

TEST(PredictionsCsv, RefusesListsThatDiffer) {
  metrics::Evaluation evaluation = smallEvaluation();
  evaluation.labels.pop_back();
  EXPECT_THROW(predictionsCsv(evaluation), std::invalid_argument);
}

}  // namespace
}  // namespace fer::report
