#include "fer/report/evaluation/write_evaluation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <stdexcept>

#include "fer/core/error.hpp"
#include "fer/report/evaluation/json.hpp"
#include "fer/report/evaluation/predictions_csv.hpp"
#include "report/evaluation/markdown.hpp"
#include "report/plot/confusion_svg.hpp"
#include "report/samples.hpp"
#include "support/golden.hpp"
#include "support/temp_folder.hpp"

namespace fer::report {
namespace {

using testing::HasSubstr;

std::set<std::string> namesIn(const std::filesystem::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) names.insert(entry.path().filename().string());
  return names;
}

TEST(WriteEvaluation, MakesTheFolderAndFillsIt) {
  const test::TempFolder temp;
  const auto folder = temp / "run" / "eval" / "test";
  const metrics::Evaluation evaluation = smallEvaluation();
  writeEvaluation(evaluation, folder);
  EXPECT_EQ(namesIn(folder), (std::set<std::string>{"confusion_matrix.svg", "confusion_matrix_normalized.svg",
                                                    "evaluation.json", "predictions.csv", "report.md"}));
  const metrics::Summary summary = metrics::summarise(evaluation);
  EXPECT_EQ(test::fileText(folder / "confusion_matrix.svg"), confusionSvg(summary, Cells::kCounts));
  EXPECT_EQ(test::fileText(folder / "confusion_matrix_normalized.svg"), confusionSvg(summary, Cells::kRecall));
  EXPECT_EQ(test::fileText(folder / "evaluation.json"), evaluationJson(summary));
  EXPECT_EQ(test::fileText(folder / "predictions.csv"), predictionsCsv(evaluation));
  EXPECT_EQ(test::fileText(folder / "report.md"), evaluationMarkdown(summary));
}

TEST(WriteEvaluation, ReplacesAnEarlierOne) {
  const test::TempFolder folder;
  metrics::Evaluation evaluation = smallEvaluation();
  writeEvaluation(evaluation, folder.path());
  evaluation.epoch = 7;
  writeEvaluation(evaluation, folder.path());
  EXPECT_EQ(readEvaluationJson(folder / "evaluation.json").epoch, 7);
  EXPECT_EQ(namesIn(folder.path()).size(), 5U);
}

TEST(WriteEvaluation, NamesTheFolderThatCannotBeMade) {
  const test::TempFolder temp;
  std::ofstream(temp / "eval") << "a file";
  try {
    writeEvaluation(smallEvaluation(), temp / "eval" / "test");
    FAIL() << "written below a file";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::kOther);
    EXPECT_THAT(error.what(), HasSubstr((temp / "eval" / "test").string() + ": cannot make the folder"));
  }
}

TEST(WriteEvaluation, WritesNothingOfListsThatDoNotFit) {
  const test::TempFolder folder;
  metrics::Evaluation evaluation = smallEvaluation();
  evaluation.usages.pop_back();
  EXPECT_THROW(writeEvaluation(evaluation, folder / "eval"), std::invalid_argument);
  EXPECT_FALSE(std::filesystem::exists(folder / "eval"));
}

}  // namespace
}  // namespace fer::report
