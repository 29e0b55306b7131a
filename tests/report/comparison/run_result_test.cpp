#include "fer/report/comparison/run_result.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "fer/core/error.hpp"
#include "fer/report/evaluation/robustness_json.hpp"
#include "fer/report/evaluation/write_evaluation.hpp"
#include "report/samples.hpp"
#include "support/golden.hpp"
#include "support/temp_folder.hpp"

namespace fer::report {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ReadRunResult : public testing::Test {
 protected:
  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  RunResult read(const std::string& split = "test") const { return *readRunResult(folder_.path(), split); }
  void expectError(const std::string& message) const {
    try {
      read();
      ADD_FAILURE() << "read it";
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::kData);
      EXPECT_THAT(error.what(), HasSubstr(message));
    }
  }

  test::TempFolder folder_;
};

TEST_F(ReadRunResult, FindsAllThatAReportIsDrawnFrom) {
  metrics::Evaluation evaluation = smallEvaluation();
  writeEvaluation(evaluation, folder_ / "eval/test");
  evaluation.tta = "flip";
  writeEvaluation(evaluation, folder_ / "eval/test-flip");
  writeEvaluation(evaluation, folder_ / "eval/validation");
  metrics::Robustness robustness;
  robustness.curves.push_back({"gamma", "", 1, {1, 2}, {0.5, 0.4}, {0.5, 0.4}, 0.45});
  write("eval/test/robustness.json", robustnessJson(robustness));
  write("eval/test/mistakes.png", "pixels");
  write("eval/test/explain/sad.png", "s");
  write("eval/test/explain/angry.png", "a");
  write("eval/test/explain/notes.txt", "no picture");
  write("config.json", R"({"train": {"seed": 3}})");
  write("environment.json", R"({"threads": 2, "segments": [{"epoch": 0}, {"epoch": 3}]})");
  write("metrics.csv", "epoch,val_loss\n0,1.5\n1,1.25\n");
  write("test_reads.json", R"({"schema": 1, "reads": [{}, {}, {}]})");
  const RunResult run = read();
  ASSERT_EQ(run.evaluations.size(), 2U);
  EXPECT_EQ(run.evaluations[0].folder, "test");
  EXPECT_EQ(run.evaluations[1].folder, "test-flip");
  EXPECT_EQ(run.evaluations[0].predictions.rows.size(), 5U);
  ASSERT_TRUE(run.evaluations[0].robustness.has_value());
  EXPECT_EQ(run.evaluations[0].robustness->curves.front().area, 0.45);
  EXPECT_FALSE(run.evaluations[1].robustness.has_value());
  EXPECT_EQ(run.evaluations[0].mistakes_png, "pixels");
  ASSERT_EQ(run.evaluations[0].explained.size(), 2U);
  EXPECT_EQ(run.evaluations[0].explained[0].name, "angry");
  EXPECT_EQ(run.evaluations[0].explained[1].png, "s");
  EXPECT_THAT(run.config, ElementsAre(testing::Pair("train.seed", "3")));
  EXPECT_THAT(run.environment,
              ElementsAre(testing::Pair("segments", "2, see environment.json"), testing::Pair("threads", "2")));
  ASSERT_TRUE(run.history.has_value());
  EXPECT_THAT(run.history->loss.validation, ElementsAre(1.5, 1.25));
  EXPECT_EQ(run.test_reads, 3);
  EXPECT_EQ(read("validation").evaluations.size(), 1U);
}

TEST_F(ReadRunResult, AnEnsembleIsOneToo) {
  EXPECT_FALSE(readRunResult(folder_.path(), "test").has_value());
  write("ensemble.json", "{}");
  EXPECT_TRUE(read().evaluations.empty());
}

TEST_F(ReadRunResult, RefusesFilesThatDoNotFitToEachOther) {
  metrics::Evaluation evaluation = smallEvaluation();
  writeEvaluation(evaluation, folder_ / "eval/test");
  const std::string csv = test::fileText(folder_ / "eval/test/predictions.csv");
  write("eval/test/predictions.csv", csv.substr(0, csv.find('\n', csv.find('\n') + 1) + 1));
  expectError("predictions.csv: is of another evaluation than evaluation.json beside it");
  write("eval/test/predictions.csv", csv + "x");
  expectError("predictions.csv:7: expected 7 fields");
  std::filesystem::remove(folder_ / "eval/test/predictions.csv");
  expectError("predictions.csv: cannot open");
}

TEST_F(ReadRunResult, FindsTheScoresAgainstASecondSetOfLabels) {
  metrics::Evaluation evaluation = smallEvaluation();
  writeEvaluation(evaluation, folder_ / "eval/test");
  EXPECT_FALSE(read().evaluations.front().other_labels.has_value());
  metrics::Evaluation other = evaluation;
  other.label_set = "FER+";
  other.labels = {1, 1, 1, 0, 0};
  writeEvaluation(other, folder_ / "eval/test/other_labels");
  const RunResult run = read();
  ASSERT_TRUE(run.evaluations.front().other_labels.has_value());
  EXPECT_EQ(run.evaluations.front().other_labels->label_set, "FER+");
  EXPECT_EQ(run.evaluations.front().other_labels->all.scores.per_class[1].support, 3);
  other.classes.back() = "another";
  writeEvaluation(other, folder_ / "eval/test/other_labels");
  expectError("other_labels/evaluation.json: is of another evaluation than the one it stands in");
  write("eval/test/other_labels/evaluation.json", "{");
  expectError("other_labels/evaluation.json:1");
}

TEST_F(ReadRunResult, NamesTheFileThatIsDamaged) {
  const struct {
    const char* name;
    const char* text;
    const char* message;
  } cases[] = {
      {"config.json", "[]", "config.json: expected an object"},
      {"environment.json", "{", "environment.json:1"},
      {"metrics.csv", "a,b\n", "metrics.csv:1: no column \"epoch\""},
      {"test_reads.json", "{}", "test_reads.json: reads: missing"},
      {"eval/test/robustness.json", "", "robustness.json"},
  };
  writeEvaluation(smallEvaluation(), folder_ / "eval/test");
  for (const auto& one : cases) {
    write(one.name, one.text);
    expectError(one.message);
    std::filesystem::remove(folder_ / one.name);
  }
}

}  // namespace
}  // namespace fer::report
