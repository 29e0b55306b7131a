#include "fer/eval/calibrate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "fer/core/error.hpp"

namespace fer::eval {
namespace {

/// Two classes, all rows sure of class 1 by `confidence`; `right` of `rows` are.
metrics::Evaluation sure(float confidence, std::size_t right, std::size_t rows) {
  metrics::Evaluation evaluation;
  evaluation.classes = {"a", "b"};
  for (std::size_t i = 0; i < rows; ++i) {
    evaluation.rows.push_back(static_cast<std::uint32_t>(i));
    evaluation.labels.push_back(i < right ? 1 : 0);
    evaluation.probabilities.insert(evaluation.probabilities.end(), {1 - confidence, confidence});
  }
  return evaluation;
}

// By hand: a model that says 0.9 and is right in 6 of 10 needs ln 9 / T = ln(6 / 4).
TEST(Calibrate, FitsOnValidationAndMeasuresOnTheEvaluation) {
  const metrics::Calibration found = calibrate(sure(0.9F, 6, 10), sure(0.9F, 70, 100));
  EXPECT_NEAR(found.temperature, std::log(9) / std::log(1.5), 1e-4);
  EXPECT_EQ(found.validation_rows, 10);
  // With it the model says 0.6, and is right in 0.7 of the evaluation's rows.
  EXPECT_NEAR(found.nll, -0.7 * std::log(0.6) - 0.3 * std::log(0.4), 1e-5);
  EXPECT_NEAR(found.brier, 0.7 * 2 * 0.16 + 0.3 * 2 * 0.36, 1e-5);
  EXPECT_NEAR(found.ece, 0.1, 1e-5);
}

TEST(Calibrate, SaysWhereThereIsNoValidation) {
  try {
    calibrate(sure(0.9F, 0, 0), sure(0.9F, 7, 10));
    FAIL() << "calibrated on nothing";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::kData);
    EXPECT_THAT(error.what(), testing::HasSubstr("no validation rows"));
  }
}

}  // namespace
}  // namespace fer::eval
