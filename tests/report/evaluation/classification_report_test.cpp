#include "report/evaluation/classification_report.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "support/golden.hpp"

namespace fer::report {
namespace {

TEST(ClassificationReport, IsScikitLearnsToTheByte) {
  const auto cases = nlohmann::json::parse(test::fileText(FER_FIXTURES "/sklearn_scores.json"));
  ASSERT_GE(cases.size(), 15U);
  for (const auto& one : cases) {
    std::vector<std::int64_t> counts;
    for (const auto& row : one["confusion_matrix"])
      for (const auto& count : row) counts.push_back(count);
    const auto classes = one["classes"].get<std::vector<std::string>>();
    const metrics::Scores scores = metrics::scores(metrics::ConfusionMatrix(classes.size(), counts));
    EXPECT_EQ(classificationReport(classes, scores), one["classification_report"].get<std::string>()) << one["name"];
  }
}

TEST(ClassificationReport, RefusesNamesThatDoNotFitTheScores) {
  EXPECT_THROW(classificationReport({"a"}, metrics::Scores{}), std::invalid_argument);
}

}  // namespace
}  // namespace fer::report
