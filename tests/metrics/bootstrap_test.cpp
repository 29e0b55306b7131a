#include "fer/metrics/intervals/bootstrap.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <stdexcept>

#include "fer/metrics/probability/calibration.hpp"
#include "fer/metrics/scores.hpp"
#include "metrics/intervals/bootstrap_interval.hpp"
#include "metrics/intervals/jackknife.hpp"
#include "metrics/intervals/resampler.hpp"
#include "metrics/statistics_fixture.hpp"

namespace fer::metrics {
namespace {

/// Rows of the fixture.
struct Case {
  explicit Case(const nlohmann::json& one)
      : expected(one),
        labels(one["labels"].get<std::vector<int>>()),
        predictions(one["predictions"].get<std::vector<int>>()),
        classes(one["classes"]) {
    for (const double value : one["confidences"]) confidences.push_back(static_cast<float>(value));
  }
  ModelRows model() const { return {predictions, confidences}; }
  BootstrapDraws bootstrap(const BootstrapOptions& options) const {
    const ModelRows rows = model();
    return metrics::bootstrap(labels, classes, std::span(&rows, 1), options);
  }
  nlohmann::json expected;
  std::vector<int> labels;
  std::vector<int> predictions;
  std::vector<float> confidences;
  std::size_t classes;
};

std::vector<Case> cases() {
  std::vector<Case> result;
  for (const auto& one : statisticsFixture("bootstrap")) result.emplace_back(one);
  EXPECT_GE(result.size(), 4U);
  return result;
}

constexpr Score kAll[] = {Score::kAccuracy, Score::kBalancedAccuracy, Score::kMacroF1, Score::kWeightedF1, Score::kEce};

ScoreValues accelerationsOf(const Case& one) {
  const TalliedRows rows(one.labels, one.classes, one.model());
  Tally whole(one.classes, kReliabilityBins);
  std::vector<TalliedRows::Cell> scratch;
  rows.tally(std::vector<double>(one.labels.size(), 1.0), scratch, whole);
  for (const int label : one.labels) whole.labelled[static_cast<std::size_t>(label)] += 1;
  whole.rows = static_cast<double>(one.labels.size());
  return accelerations(rows, one.labels, one.predictions, whole);
}

// What SciPy says of its own draws, ours says of the same draws.
TEST(BootstrapIntervals, AreSciPysOfTheSameDraws) {
  Differences percentile("percentile_interval", 1e-12);
  Differences bca("bca_interval", 1e-12);
  Differences acceleration("bca_acceleration", 1e-12);
  Differences estimate("bootstrap_estimate", 1e-13);
  for (const Case& one : cases()) {
    const ScoreValues accelerations = accelerationsOf(one);
    const BootstrapDraws draws = one.bootstrap({.draws = 2});
    for (std::size_t i = 0; i < kScores; ++i) {
      const auto& expected = one.expected["intervals"][i];
      const std::string where = one.expected["name"].get<std::string>() + " " + expected["score"].get<std::string>();
      acceleration.expect(accelerations[i], expected["acceleration"], where);
      estimate.expect(draws.estimate(0, kAll[i]), expected["estimate"], where);
      const auto values = expected["draws"].get<std::vector<double>>();
      percentile.expect(percentileInterval(values, 0.95), expected["percentile"], where);
      bca.expect(bcaInterval(values, expected["estimate"], accelerations[i], 0.95), expected["bca"], where);
    }
  }
}

TEST(BootstrapIntervals, OfDrawsAllAlikeAreThatValue) {
  EXPECT_EQ(bcaInterval(std::vector<double>(50, 0.25), 0.25, 0, 0.95), (Interval{0.25, 0.25}));
  EXPECT_EQ(percentileInterval({0.25}, 0.95), (Interval{0.25, 0.25}));
}

TEST(BootstrapIntervals, ThatWouldMissTheEstimateReachToIt) {
  std::vector<double> draws(1000);
  std::iota(draws.begin(), draws.end(), 1.0);
  const Interval found = bcaInterval(draws, 0.5, 0, 0.95);
  EXPECT_EQ(found.low, 0.5);
  EXPECT_LT(found.high, 3);
}

TEST(BootstrapIntervals, RefuseWhatIsNone) {
  EXPECT_THROW(percentileInterval({}, 0.95), std::invalid_argument);
  EXPECT_THROW(percentileInterval({1}, 1), std::invalid_argument);
  EXPECT_THROW(bcaInterval({1}, 1, 0, 0), std::invalid_argument);
}

double mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double deviation(std::span<const double> values) {
  const double middle = mean(values);
  double sum = 0;
  for (const double value : values) sum += (value - middle) * (value - middle);
  return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

// Other random numbers, the same distribution: standard errors of 20,000 draws differ by about 0.7 % by chance.
TEST(Bootstrap, HasTheDistributionOfSciPys) {
  constexpr std::size_t kDraws = 20000;
  Differences errors("bootstrap_standard_error_relative", 0.03);
  Differences scipy("bootstrap_standard_error_relative_scipy", 0.04);
  Differences means("bootstrap_mean_in_standard_errors", 0.04);
  for (const Case& one : cases())
    for (const bool stratified : {false, true}) {
      const BootstrapDraws draws = one.bootstrap({.draws = kDraws, .seed = 1, .stratified = stratified});
      const auto& expected = one.expected[stratified ? "stratified" : "spread"];
      for (std::size_t i = 0; i < kScores; ++i) {
        const auto found = draws.draws(0, kAll[i]);
        ASSERT_EQ(found.size(), kDraws);
        const double error = expected["standard_error"][i];
        errors.expect(deviation(found) / error, 1, one.expected["name"]);
        means.expect((mean(found) - expected["mean"][i].get<double>()) / error, 0, one.expected["name"]);
        if (!stratified)
          scipy.expect(deviation(found) / one.expected["scipy_standard_errors"][i].get<double>(), 1,
                       one.expected["name"]);
      }
    }
}

// Every draw's scores are those of its rows, counted one by one.
TEST(Bootstrap, ScoresWhatItDrew) {
  for (const Case& one : cases())
    for (const bool stratified : {false, true}) {
      const BootstrapDraws draws = one.bootstrap({.draws = 20, .seed = 3, .stratified = stratified});
      const Resampler resampler(one.labels, one.classes, 3, stratified);
      std::vector<double> weights(one.labels.size());
      for (std::uint32_t draw = 0; draw < 20; ++draw) {
        resampler.draw(draw, weights);
        std::vector<int> labels;
        std::vector<int> predictions;
        for (std::size_t row = 0; row < weights.size(); ++row)
          for (int time = 0; time < static_cast<int>(weights[row]); ++time) {
            labels.push_back(one.labels[row]);
            predictions.push_back(one.predictions[row]);
          }
        ASSERT_EQ(labels.size(), weights.size());
        const Scores expected = scores(ConfusionMatrix(one.classes, labels, predictions));
        const double found[] = {expected.accuracy, expected.balanced_accuracy, expected.macro.f1, expected.weighted.f1};
        for (std::size_t i = 0; i < std::size(found); ++i) EXPECT_NEAR(draws.draws(0, kAll[i])[draw], found[i], 1e-13);
      }
    }
}

TEST(Bootstrap, KeepsTheClassesOfStrata) {
  const std::vector<int> labels{0, 0, 0, 2, 2};
  std::vector<double> weights(labels.size());
  for (std::uint32_t draw = 0; draw < 50; ++draw) {
    Resampler(labels, 3, 0, true).draw(draw, weights);
    EXPECT_EQ(weights[0] + weights[1] + weights[2], 3);
    EXPECT_EQ(weights[3] + weights[4], 2);
  }
}

/// Sixty rows of three classes and two models, the second of which is right more often.
struct TwoModels {
  TwoModels() {
    for (int row = 0; row < 60; ++row) {
      labels.push_back(row % 3);
      worse.push_back((row + (row % 4 == 0 ? 1 : 0)) % 3);
      better.push_back((row + (row % 20 == 0 ? 1 : 0)) % 3);
      confidences.push_back(0.4F + 0.01F * static_cast<float>(row));
    }
  }
  BootstrapDraws bootstrap(const BootstrapOptions& options) const {
    const ModelRows models[] = {{worse, confidences}, {better, confidences}};
    return metrics::bootstrap(labels, 3, models, options);
  }
  std::vector<int> labels;
  std::vector<int> worse;
  std::vector<int> better;
  std::vector<float> confidences;
};

TEST(Bootstrap, DependsOnTheSeedButNotOnThreads) {
  const TwoModels rows;
  const auto all = [&](const BootstrapOptions& options) {
    const BootstrapDraws draws = rows.bootstrap(options);
    std::vector<double> values;
    for (std::size_t model = 0; model < draws.models(); ++model)
      for (const Score score : kAll) {
        const auto found = draws.draws(model, score);
        values.insert(values.end(), found.begin(), found.end());
      }
    return values;
  };
  const std::vector<double> one = all({.draws = 101});
  EXPECT_EQ(all({.draws = 101, .threads = 3}), one);
  EXPECT_EQ(all({.draws = 101, .threads = 500}), one);
  EXPECT_EQ(all({.draws = 101, .threads = 0}), one);
  EXPECT_NE(all({.draws = 101, .seed = 1}), one);
}

TEST(Bootstrap, ComparesModelsOnTheSameRows) {
  const TwoModels rows;
  const BootstrapDraws draws = rows.bootstrap({.draws = 2000});
  ASSERT_EQ(draws.models(), 2U);
  const Difference found = difference(draws, 1, 0, Score::kAccuracy);
  EXPECT_DOUBLE_EQ(found.estimate, 12.0 / 60);
  EXPECT_GT(found.interval.low, 0);
  EXPECT_LT(found.interval.high, 0.35);
  EXPECT_GE(found.p, 2.0 / 2001);
  EXPECT_LT(found.p, 0.01);
  const Difference none = difference(draws, 0, 0, Score::kMacroF1);
  EXPECT_EQ(none.interval, (Interval{0, 0}));
  EXPECT_EQ(none.p, 1);
  EXPECT_THROW(difference(draws, 0, 2, Score::kEce), std::out_of_range);
}

TEST(Bootstrap, OfOneRowOrAllRightIsThatValue) {
  const std::vector<int> rows{1, 0, 1};
  const std::vector<float> sure{1, 1, 1};
  for (const std::size_t count : {1U, 3U}) {
    const ModelRows model{std::span(rows).first(count), std::span(sure).first(count)};
    const BootstrapDraws draws = bootstrap(std::span(rows).first(count), 2, std::span(&model, 1), {.draws = 100});
    EXPECT_EQ(draws.bca(0, Score::kAccuracy), (Interval{1, 1}));
    EXPECT_EQ(draws.bca(0, Score::kEce), (Interval{0, 0}));
    EXPECT_EQ(draws.percentile(0, Score::kAccuracy), (Interval{1, 1}));
  }
}

TEST(Bootstrap, RefusesWhatDoesNotFit) {
  const std::vector<int> rows{1, 0};
  const std::vector<float> sure{1, 1};
  const auto refused = [&](std::span<const int> labels, const ModelRows& model, std::size_t classes,
                           std::size_t draws) {
    EXPECT_THROW(bootstrap(labels, classes, std::span(&model, 1), {.draws = draws}), std::invalid_argument);
  };
  refused(rows, {rows, sure}, 1, 10);
  refused(rows, {rows, sure}, 2, 0);
  refused({}, {}, 2, 10);
  refused(rows, {std::span(rows).first(1), sure}, 2, 10);
  refused(rows, {rows, std::span(sure).first(1)}, 2, 10);
  refused(rows, {std::vector<int>{0, -1}, sure}, 2, 10);
  refused(rows, {rows, std::vector<float>{1, std::numeric_limits<float>::quiet_NaN()}}, 2, 10);
  EXPECT_THROW(bootstrap(rows, 2, {}, {}), std::invalid_argument);
}

}  // namespace
}  // namespace fer::metrics
