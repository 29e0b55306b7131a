#include "fer/metrics/probability/scores.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "fer/metrics/probability/calibration.hpp"
#include "metrics/statistics_fixture.hpp"

namespace fer::metrics {
namespace {

/// Rows of the fixture.
struct Predicted {
  explicit Predicted(const nlohmann::json& one)
      : expected(one), name(one["name"]), labels(one["labels"].get<std::vector<int>>()), classes(one["classes"]) {
    for (const double value : one["probabilities"]) probabilities.push_back(static_cast<float>(value));
  }
  nlohmann::json expected;
  std::string name;
  std::vector<int> labels;
  std::vector<float> probabilities;
  std::size_t classes;
};

std::vector<Predicted> predictedCases() {
  std::vector<Predicted> result;
  for (const auto& one : statisticsFixture("probabilities")) result.emplace_back(one);
  EXPECT_GE(result.size(), 13U);
  return result;
}

TEST(ProbabilityScores, AreScikitLearns) {
  Differences kappa("cohen_kappa", 1e-14);
  Differences mcc("matthews", 1e-14);
  Differences top2("top2", 1e-15);
  Differences roc_auc("roc_auc", 1e-14);
  Differences average_precision("average_precision", 1e-14);
  for (const Predicted& one : predictedCases()) {
    const ProbabilityScores found = probabilityScores(one.probabilities, one.labels, one.classes);
    kappa.expect(found.kappa, one.expected["kappa"], one.name);
    mcc.expect(found.mcc, one.expected["mcc"], one.name);
    top2.expect(found.top2, one.expected["top2"], one.name);
    ASSERT_EQ(found.per_class.size(), one.classes);
    for (std::size_t i = 0; i < one.classes; ++i) {
      const auto& expected = one.expected["one_vs_rest"][i];
      roc_auc.expect(found.per_class[i].roc_auc, numberOf(expected["roc_auc"]), one.name);
      average_precision.expect(found.per_class[i].average_precision, numberOf(expected["average_precision"]), one.name);
    }
  }
}

TEST(Calibration, IsNumPysFormulas) {
  Differences nll("nll", 1e-13);
  Differences brier("brier", 1e-14);
  Differences ece("ece", 1e-14);
  Differences mass("ece_equal_mass", 1e-14);
  for (const Predicted& one : predictedCases()) {
    nll.expect(negativeLogLikelihood(one.probabilities, one.labels, one.classes), one.expected["nll"], one.name);
    brier.expect(brierScore(one.probabilities, one.labels, one.classes), one.expected["brier"], one.name);
    const auto error = [&](Binning binning, const std::string& bins) {
      return expectedCalibrationError(
          reliability(one.probabilities, one.labels, one.classes, binning, std::stoul(bins)));
    };
    for (const auto& [bins, expected] : one.expected["ece"].items())
      ece.expect(error(Binning::kEqualWidth, bins), expected, one.name + ", bins " + bins);
    for (const auto& [bins, expected] : one.expected["ece_equal_mass"].items())
      mass.expect(error(Binning::kEqualMass, bins), expected, one.name + ", bins " + bins);
    const ProbabilityScores scores = probabilityScores(one.probabilities, one.labels, one.classes);
    ece.expect(scores.ece, one.expected["ece"]["15"], one.name);
    mass.expect(scores.ece_equal_mass, one.expected["ece_equal_mass"]["15"], one.name);
    nll.expect(scores.nll, one.expected["nll"], one.name);
    brier.expect(scores.brier, one.expected["brier"], one.name);
  }
}

// The minimum is flat: SciPy's search finds its place to about the root of a double's precision. withTemperature gives
// floats, so that the likelihood differs by their rounding.
TEST(Temperature, IsSciPysMinimum) {
  Differences temperature("temperature", 1e-6);
  Differences likelihood("nll_with_temperature", 3e-8);
  Differences heated("with_temperature", 1e-7);
  for (const Predicted& one : predictedCases()) {
    const std::vector<float> other = withTemperature(one.probabilities, one.classes, 1.7);
    for (std::size_t i = 0; i < one.expected["heated"].size(); ++i)
      heated.expect(other[i], one.expected["heated"][i], one.name);
    if (one.expected["temperature"].is_null()) continue;
    const double found = fitTemperature(one.probabilities, one.labels, one.classes);
    temperature.expect(found, one.expected["temperature"], one.name);
    likelihood.expect(
        negativeLogLikelihood(withTemperature(one.probabilities, one.classes, found), one.labels, one.classes),
        one.expected["nll_with_temperature"], one.name);
  }
}

TEST(Temperature, EndsWhereItsSearchEnds) {
  const std::vector<float> sure{0.9F, 0.1F, 0.1F, 0.9F};
  EXPECT_DOUBLE_EQ(fitTemperature(sure, std::vector<int>{0, 1}, 2), 0.05);
  EXPECT_DOUBLE_EQ(fitTemperature(sure, std::vector<int>{1, 0}, 2), 20);
}

TEST(Temperature, OfOneChangesNothingAndKeepsTheOrder) {
  const std::vector<float> rows{0.5F, 0.25F, 0.25F, 0.0F, 0.125F, 0.875F};
  const std::vector<float> same = withTemperature(rows, 3, 1);
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_NEAR(same[i], rows[i], 1e-7);
  EXPECT_EQ(mostProbable(withTemperature(rows, 3, 5), 3), mostProbable(rows, 3));
}

// Worked out by hand: two bins; confidences 0.5 (wrong) and 0.5 (right) in the first, 0.75 and 1 (both right) above.
TEST(Reliability, TellsEachBin) {
  const std::vector<float> rows{0.5F, 0.5F, 0.5F, 0.5F, 0.25F, 0.75F, 0.0F, 1.0F};
  const auto bins = reliability(rows, std::vector<int>{1, 0, 1, 1}, 2, Binning::kEqualWidth, 2);
  ASSERT_EQ(bins.size(), 2U);
  EXPECT_EQ(bins[0].rows, 2);
  EXPECT_DOUBLE_EQ(bins[0].confidence, 0.5);
  EXPECT_DOUBLE_EQ(bins[0].accuracy, 0.5);
  EXPECT_DOUBLE_EQ(bins[1].low, 0.5);
  EXPECT_DOUBLE_EQ(bins[1].confidence, 0.875);
  EXPECT_DOUBLE_EQ(bins[1].accuracy, 1);
  EXPECT_DOUBLE_EQ(expectedCalibrationError(bins), 0.0625);
  const auto mass = reliability(rows, std::vector<int>{1, 0, 1, 1}, 2, Binning::kEqualMass, 4);
  EXPECT_EQ(mass[0].rows, 2);  // equal confidences are not parted
  EXPECT_EQ(mass[1].rows, 0);
  EXPECT_EQ(mass[2].rows, 1);
  EXPECT_DOUBLE_EQ(mass[2].low, 0.5);
  EXPECT_DOUBLE_EQ(mass[2].high, 0.75);
}

TEST(ProbabilityScores, RefuseWhatDoesNotFit) {
  const std::vector<float> rows{0.5F, 0.5F};
  const std::vector<float> nan{0.5F, std::numeric_limits<float>::quiet_NaN()};
  const std::vector<int> label{0};
  const std::vector<int> other{2};
  EXPECT_THROW(topK(rows, label, 0, 1), std::invalid_argument);
  EXPECT_THROW(topK(rows, label, 2, 0), std::invalid_argument);
  EXPECT_THROW(topK(rows, other, 2, 1), std::invalid_argument);
  EXPECT_THROW(brierScore(rows, std::vector<int>{0, 1}, 2), std::invalid_argument);
  EXPECT_THROW(negativeLogLikelihood(nan, label, 2), std::invalid_argument);
  EXPECT_THROW(oneVsRest(rows, std::vector<int>{-1}, 2), std::invalid_argument);
  EXPECT_THROW(reliability(rows, label, 2, Binning::kEqualMass, 0), std::invalid_argument);
  EXPECT_THROW(fitTemperature({}, {}, 2), std::invalid_argument);
  EXPECT_THROW(withTemperature(rows, 2, 0), std::invalid_argument);
  EXPECT_THROW(withTemperature(rows, 3, 1), std::invalid_argument);
}

}  // namespace
}  // namespace fer::metrics
