#include "fer/metrics/scores.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace fer::metrics {
namespace {

using nlohmann::json;

constexpr double kTolerance = 1e-12;

json fixture() {
  std::ifstream file(FER_FIXTURES "/sklearn_scores.json");
  return json::parse(file);
}

ConfusionMatrix storedMatrix(const json& one) {
  std::vector<std::int64_t> counts;
  for (const json& row : one["confusion_matrix"])
    for (const json& count : row) counts.push_back(count);
  return {one["classes"].size(), counts};
}

void expectNear(const PrecisionRecall& found, const json& expected) {
  EXPECT_NEAR(found.precision, expected["precision"].get<double>(), kTolerance);
  EXPECT_NEAR(found.recall, expected["recall"].get<double>(), kTolerance);
  EXPECT_NEAR(found.f1, expected["f1"].get<double>(), kTolerance);
}

void expectClasses(const std::vector<ClassScores>& found, const json& one) {
  ASSERT_EQ(found.size(), one["classes"].size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    expectNear(found[i], {{"precision", one["precision"][i]}, {"recall", one["recall"][i]}, {"f1", one["f1"][i]}});
    EXPECT_EQ(found[i].support, one["support"][i].get<std::int64_t>());
  }
}

TEST(Scores, AreScikitLearns) {
  const json cases = fixture();
  ASSERT_GE(cases.size(), 15U);
  for (const json& one : cases) {
    SCOPED_TRACE(one["name"].get<std::string>());
    const Scores found = scores(storedMatrix(one));
    EXPECT_NEAR(found.accuracy, one["accuracy"].get<double>(), kTolerance);
    EXPECT_NEAR(found.balanced_accuracy, one["balanced_accuracy"].get<double>(), kTolerance);
    EXPECT_EQ(found.classes_with_rows, one["classes_with_rows"].get<std::size_t>());
    expectNear(found.macro, one["macro"]);
    expectNear(found.weighted, one["weighted"]);
    expectClasses(found.per_class, one);
  }
}

TEST(ConfusionMatrix, IsScikitLearns) {
  int compared = 0;
  for (const json& one : fixture()) {
    if (!one.contains("labels")) continue;
    SCOPED_TRACE(one["name"].get<std::string>());
    const auto labels = one["labels"].get<std::vector<int>>();
    const auto predictions = one["predictions"].get<std::vector<int>>();
    EXPECT_EQ(ConfusionMatrix(one["classes"].size(), labels, predictions), storedMatrix(one));
    ++compared;
  }
  EXPECT_GE(compared, 13);
}

// Worked out by hand: class 0 has two rows, one of them right; class 1 one, taken for 0; class 2 none, never predicted.
TEST(Scores, AreWhatTheirFormulasSay) {
  const Scores found = scores(ConfusionMatrix(3, std::vector<int>{0, 0, 1}, std::vector<int>{0, 1, 0}));
  EXPECT_EQ(found.rows, 3);
  EXPECT_DOUBLE_EQ(found.accuracy, 1.0 / 3);
  EXPECT_DOUBLE_EQ(found.balanced_accuracy, 0.25);
  EXPECT_EQ(found.classes_with_rows, 2U);
  EXPECT_DOUBLE_EQ(found.macro.precision, 0.5 / 3);
  EXPECT_DOUBLE_EQ(found.weighted.recall, 1.0 / 3);
  EXPECT_DOUBLE_EQ(found.per_class[0].f1, 0.5);
  EXPECT_EQ(found.per_class[2], ClassScores{});
}

TEST(Scores, OfNoRowsAreZero) {
  const Scores found = scores(ConfusionMatrix(2, std::vector<int>{}, std::vector<int>{}));
  EXPECT_EQ(found.rows, 0);
  EXPECT_EQ(found.accuracy, 0);
  EXPECT_EQ(found.balanced_accuracy, 0);
  EXPECT_EQ(found.classes_with_rows, 0U);
  EXPECT_EQ(found.weighted, PrecisionRecall{});
}

}  // namespace
}  // namespace fer::metrics
