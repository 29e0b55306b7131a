#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "fer/report/write_evaluation.hpp"
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
  EXPECT_THAT(result.out, AllOf(HasSubstr("0.6000"), HasSubstr("0.4000"),
                                HasSubstr("- new: not evaluated: run `fer-eval --run new`")));
  EXPECT_EQ(result.err,
            "fer-report: README.md is skipped: it is no run (a folder with config.json)\n"
            "fer-report: pictures is skipped: it is no run (a folder with config.json)\n");
}

TEST_F(FerReport, WritesMarkdownWithLinksThatLeadToTheReports) {
  std::filesystem::create_directories(folder_ / "out");
  const CommandResult result = report({"good", "better", "--out", "out/all runs.md"});
  EXPECT_EQ(result.code, 0) << result.err;
  const std::string text = fileText(folder_ / "out" / "all runs.md");
  EXPECT_THAT(text, AllOf(HasSubstr("# Runs on the test split"), HasSubstr("[better](../better/eval/test/report.md)"),
                          HasSubstr("**0.6000**")));
  EXPECT_TRUE(std::filesystem::exists(folder_ / "out" / "../better/eval/test/report.md"));
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
  std::ofstream(folder_ / "all.md") << "earlier";
  const auto path = folder_ / "good" / "eval" / "test" / "evaluation.json";
  const std::string whole = fileText(path);
  std::ofstream(path, std::ios::trunc) << whole.substr(0, whole.size() / 2);
  expectFailure(report({"good", "better", "--out", "all.md"}), 3, "good/eval/test/evaluation.json:");
  std::ofstream(path, std::ios::trunc) << "{\"schema\": 99}";
  expectFailure(report({"good", "--out", "all.md"}), 3, "schema 99 was written by a newer fer");
  std::filesystem::remove(path);
  std::filesystem::create_directory(path);
  expectFailure(report({"good", "--out", "all.md"}), 3, "evaluation.json: cannot read: Is a directory");
  EXPECT_EQ(fileText(folder_ / "all.md"), "earlier");
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
  expectFailure(report({"good", "--out", "nowhere/all.md"}), 1,
                "nowhere/all.md: cannot write: No such file or directory");
  expectFailure(report({"good", "--out", "pictures"}), 1, "pictures: cannot write: Is a directory");
  expectFailure(report({"good", "--out", "/dev/full"}), 1, "/dev/full: cannot write: No space left on device");
  expectFailure(report({"good"}, {.stdout_to = "/dev/full"}), 1, "standard output cannot be written");
  std::ofstream(folder_ / "all.md") << "earlier";
  expectFailure(report({"good", "--out", "all.md"}, {.file_size_limit = 10}), 1,
                "all.md: cannot write: File too large");
  ASSERT_EQ(::chmod((folder_ / "pictures").c_str(), 0500), 0);
  expectFailure(report({"good", "--out", "pictures/all.md"}, {.obey_permissions = true}), 1,
                "cannot write: Permission denied");
  EXPECT_EQ(fileText(folder_ / "all.md"), "earlier");
}

TEST_F(FerReport, HelpShowsOptionsAndExamples) {
  const CommandResult result = report({"--help"});
  EXPECT_EQ(result.code, 0);
  EXPECT_THAT(result.out, AllOf(HasSubstr("--split"), HasSubstr("--out"), HasSubstr("fer-report experiments/*"),
                                Not(HasSubstr("\t"))));
}

}  // namespace
}  // namespace fer::test
