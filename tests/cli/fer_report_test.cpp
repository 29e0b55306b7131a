#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "fer/report/evaluation/write_evaluation.hpp"
#include "report/samples.hpp"
#include "support/golden.hpp"
#include "support/run_command.hpp"
#include "support/temp_folder.hpp"

namespace fer::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// A folder with two evaluated runs, one that is not, and a file and a folder that are no runs.
class FerReport : public testing::Test {
 protected:
  void SetUp() override {
    metrics::Evaluation evaluation = report::smallEvaluation();
    report::writeEvaluation(evaluation, folder_ / "better" / "eval" / "test");
    evaluation.probabilities[0] = 0;  // one row less is right
    evaluation.probabilities[1] = 1;
    report::writeEvaluation(evaluation, folder_ / "good" / "eval" / "test");
    std::filesystem::create_directories(folder_ / "new");
    for (const char* run : {"better", "good", "new"}) std::ofstream(folder_ / run / "config.json") << "{}";
    std::filesystem::create_directories(folder_ / "pictures");
    std::ofstream(folder_ / "README.md") << "text";
  }

  CommandResult report(const std::vector<std::string>& arguments, CommandSetup setup = {}) const {
    setup.folder = folder_.path();
    return runCommand("fer-report", arguments, setup);
  }

  /// Failed as documented: the code, one line that holds the message, nothing on standard output.
  static void expectFailure(const CommandResult& result, int code, const std::string& message) {
    EXPECT_EQ(result.code, code) << result.err;
    EXPECT_THAT(result.err, AllOf(HasSubstr("fer-report: "), HasSubstr(message)));
    EXPECT_TRUE(isOneLine(result.err)) << result.err;
    EXPECT_EQ(result.out, "");
  }

  TempFolder folder_;
};

TEST_F(FerReport, PrintsTheRunsSideBySideAndSkipsWhatIsNone) {
  const CommandResult result = report({"README.md", "good", "new", "pictures", "better"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_LT(result.out.find("| better |"), result.out.find("| good   |"));
  EXPECT_THAT(result.out, AllOf(HasSubstr("60.00"), HasSubstr("40.00"),
                                HasSubstr("- new: not evaluated: run `fer-eval --run new`")));
  EXPECT_EQ(result.err,
            "fer-report: README.md is skipped: it is no run (a folder with config.json)\n"
            "fer-report: pictures is skipped: it is no run (a folder with config.json)\n");
}

TEST_F(FerReport, WritesAFolderWhoseLinksLeadToTheReports) {
  const CommandResult result = report({"good", "better", "--out", "all runs/of today"});
  EXPECT_EQ(result.code, 0) << result.err;
  const std::filesystem::path out = folder_ / "all runs/of today";
  EXPECT_THAT(fileText(out / "report.md"), AllOf(HasSubstr("# Runs on the test split"), HasSubstr("**60.00**"),
                                                 HasSubstr("[better](../../better/eval/test/report.md)")));
  EXPECT_THAT(fileText(out / "index.html"), HasSubstr("href=\"../../better/eval/test/report.md\""));
  EXPECT_TRUE(std::filesystem::exists(out / "../../better/eval/test/report.md"));
  EXPECT_THAT(fileText(out / "comparison.csv"), HasSubstr("\nbetter,vgg_block,test,none,original,"));
  EXPECT_THAT(fileText(out / "comparison.json"), HasSubstr("\"name\": \"better\""));
}

TEST_F(FerReport, TheSameFilesGiveTheSameBytes) {
  EXPECT_EQ(report({"good", "better", "--out", "one"}).code, 0);
  CommandSetup setup;
  setup.environment = {{"LC_ALL", "de_DE.UTF-8"}, {"TZ", "Asia/Tokyo"}};
  EXPECT_EQ(report({"better", "good/", "--out", "two"}, setup).code, 0);
  for (const char* name : {"index.html", "report.md", "comparison.json", "comparison.csv"})
    EXPECT_EQ(fileText(folder_ / "one" / name), fileText(folder_ / "two" / name)) << name;
}

TEST_F(FerReport, TakesItsOwnFolderForNoRun) {
  std::filesystem::create_directories(folder_ / "out");
  const CommandResult result = report({"good", "better", "out", "--out", "out/"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(result.err, "");
}

TEST_F(FerReport, ShowsVariantsAndEnsemblesAsRowsOfTheirOwn) {
  metrics::Evaluation evaluation = report::smallEvaluation();
  evaluation.tta = "flip";
  report::writeEvaluation(evaluation, folder_ / "good/eval/test-flip");
  evaluation.tta = "none";
  evaluation.members = {{"good", 0.5}, {"better", 0.5}};
  evaluation.ensemble_weights = "equal";
  report::writeEvaluation(evaluation, folder_ / "both/eval/test");
  std::ofstream(folder_ / "both/ensemble.json") << "{}";
  const CommandResult result = report({"good", "better", "both"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("| good + flip |"), HasSubstr("| both ")));
}

TEST_F(FerReport, DoesNotRankRunsOfDifferentProtocols) {
  metrics::Evaluation evaluation = report::smallEvaluation();
  evaluation.protocol = "challenge";
  report::writeEvaluation(evaluation, folder_ / "new/eval/test");
  const CommandResult result = report({"good", "better", "new"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("These runs are not ranked together"),
                                HasSubstr("- protocol: challenge (new), original (better, good)\n"),
                                HasSubstr("challenge protocol, 5 images")));
}

TEST_F(FerReport, ReadsTheSplitThatIsAskedFor) {
  report::writeEvaluation(report::smallEvaluation(), folder_ / "new" / "eval" / "validation");
  const CommandResult result = report({"--split", "validation", "new"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("| new |"));
  expectFailure(report({"--split", "all", "new"}), 2,
                "--split: expected one of train, validation, test, found \"all\"");
  expectFailure(report({"--split", "validation", "good"}), 3,
                "no run is evaluated on the validation split yet: run fer-eval --run good --split validation");
}

TEST_F(FerReport, NeedsARun) {
  expectFailure(report({}), 2, "no run is named");
  expectFailure(report({"new"}), 3, "no run is evaluated on the test split yet: run fer-eval --run new");
  expectFailure(report({"nowhere"}), 3, "nowhere: cannot open: No such file or directory");
  const CommandResult none = report({"README.md", "pictures"});
  EXPECT_EQ(none.code, 3);
  EXPECT_THAT(none.err, HasSubstr("fer-report: none of the paths is a run"));
}

TEST_F(FerReport, RefusesUnknownOptions) {
  expectFailure(report({"--what", "good"}), 2, "what");
  expectFailure(report({"good", "--out"}), 2, "out");
}

TEST_F(FerReport, ADamagedEvaluationLeavesTheEarlierReportWhole) {
  std::filesystem::create_directories(folder_ / "all");
  std::ofstream(folder_ / "all/index.html") << "earlier";
  const auto path = folder_ / "good" / "eval" / "test" / "evaluation.json";
  const std::string whole = fileText(path);
  std::ofstream(path, std::ios::trunc) << whole.substr(0, whole.size() / 2);
  expectFailure(report({"good", "new", "--out", "all"}), 3, "good/eval/test/evaluation.json:");
  std::ofstream(path, std::ios::trunc) << "{\"schema\": 99}";
  expectFailure(report({"good", "--out", "all"}), 3, "schema 99 was written by a newer fer");
  std::filesystem::remove(path);
  std::filesystem::create_directory(path);
  expectFailure(report({"good", "--out", "all"}), 3, "evaluation.json: cannot read: Is a directory");
  EXPECT_EQ(fileText(folder_ / "all/index.html"), "earlier");
}

TEST_F(FerReport, ADamagedRunIsListedAndTheOthersAreReported) {
  std::ofstream(folder_ / "good/eval/test/evaluation.json", std::ios::trunc) << "{\"schema\": 99}";
  const CommandResult result = report({"good", "better", "--out", "all"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.err, AllOf(HasSubstr("fer-report: good/eval/test/evaluation.json: "), HasSubstr("newer fer"),
                                HasSubstr("this run is left out\n")));
  EXPECT_TRUE(isOneLine(result.err)) << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("| better |"), Not(HasSubstr("| good ")),
                                HasSubstr("- good: damaged: good/eval/test/evaluation.json: ")));
  for (const char* name : {"all/report.md", "all/index.html"})
    EXPECT_THAT(fileText(folder_ / name), AllOf(HasSubstr("good: damaged: "), HasSubstr("Not compared")));
  expectFailure(report({"good", "better", "nowhere"}), 3, "nowhere: cannot open");
}

TEST_F(FerReport, SaysWhatMayNotBeRead) {
  const auto path = folder_ / "good" / "eval" / "test" / "evaluation.json";
  ASSERT_EQ(::chmod(path.c_str(), 0), 0);
  expectFailure(report({"good"}, {.obey_permissions = true}), 3, "evaluation.json: cannot open: Permission denied");
  ASSERT_EQ(::chmod((folder_ / "better").c_str(), 0), 0);
  expectFailure(report({"better"}, {.obey_permissions = true}), 3,
                "better/eval/test/evaluation.json: cannot look at: Permission denied");
  ASSERT_EQ(::chmod((folder_ / "better").c_str(), 0755), 0);
}

TEST_F(FerReport, SaysWhatCannotBeWritten) {
  expectFailure(report({"good", "--out", "README.md"}), 1, "README.md: cannot make the folder");
  expectFailure(report({"good", "--out", "README.md/all"}), 1, "README.md/all: cannot make the folder");
  expectFailure(report({"good"}, {.stdout_to = "/dev/full"}), 1, "standard output cannot be written");
  std::filesystem::create_directories(folder_ / "all");
  std::ofstream(folder_ / "all/index.html") << "earlier";
  expectFailure(report({"good", "--out", "all"}, {.file_size_limit = 10}), 1,
                "all/comparison.csv: cannot write: File too large");
  ASSERT_EQ(::chmod((folder_ / "pictures").c_str(), 0500), 0);
  expectFailure(report({"good", "--out", "pictures"}, {.obey_permissions = true}), 1,
                "cannot write: Permission denied");
  EXPECT_EQ(fileText(folder_ / "all/index.html"), "earlier");
}

TEST_F(FerReport, HelpShowsOptionsAndExamples) {
  const CommandResult result = report({"--help"});
  EXPECT_EQ(result.code, 0);
  EXPECT_THAT(result.out, AllOf(HasSubstr("--split"), HasSubstr("--out"), HasSubstr("fer-report experiments/*"),
                                Not(HasSubstr("\t"))));
}

}  // namespace
}  // namespace fer::test
