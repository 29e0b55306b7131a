#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "fer/core/files/files.hpp"
#include "support/same_run.hpp"
#include "support/small_run.hpp"

namespace fer::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
namespace fs = std::filesystem;

/// Sweeps on one set of drawn faces: each case leaves the others' files alone.
class FerSweep : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    project_ = new SmallProject;
    // Four trials, whose schedule follows the whole training: one epoch, two of them to the second, one to the fourth.
    write("halved.json", R"({"base": "small.json", "set": {"train.schedule.name": "cosine", "machine.threads": 1},
      "grid": {"train.optimiser.lr": [1e-6, 0.001], "augment.zoom": [0, 0.2]},
      "halving": {"factor": 2, "first_epochs": 1, "epochs": 4}})");
    write("two.json", R"({"base": "small.json", "set": {"train.epochs": 1, "machine.threads": 1},
      "grid": {"augment.zoom": [0, 0.2]}})");
  }
  static void TearDownTestSuite() {
    delete project_;
    project_ = nullptr;
  }
  static void write(const std::string& name, const std::string& text) { writeFile(*project_ / name, text); }
  static std::string read(const std::string& name) { return readFile(*project_ / name, Fault::kOther); }
  static CommandResult sweep(const std::vector<std::string>& arguments) {
    return project_->run("fer-sweep", arguments);
  }
  static std::string leaderboard(const std::string& folder) { return read(folder + "/leaderboard.csv"); }
  /// Of a run's metrics.csv.
  static long epochsOf(const std::string& run) {
    const std::string text = read(run + "/metrics.csv");
    return std::count(text.begin(), text.end(), '\n') - 1;
  }
  static SmallProject* project_;
};
SmallProject* FerSweep::project_ = nullptr;

void expectSweepFailure(const CommandResult& result, int code, const std::string& message) {
  EXPECT_EQ(result.code, code) << result.err;
  EXPECT_THAT(result.err, HasSubstr(message));
  EXPECT_TRUE(isOneLine(result.err)) << result.err;
}

/// trial -> its row's fields.
std::map<std::string, std::vector<std::string>> rowsByTrial(const std::string& csv) {
  std::map<std::string, std::vector<std::string>> rows;
  std::istringstream lines(csv);
  for (std::string line; std::getline(lines, line);) {
    std::vector<std::string> fields;
    std::istringstream rest(line);
    for (std::string field; std::getline(rest, field, ',');) fields.push_back(field);
    rows[fields.at(1)] = fields;
  }
  return rows;
}

TEST_F(FerSweep, HalvingPausesTheRunsOfOneTraining) {
  const CommandResult result = sweep({"halved.json", "--out", "halved"});
  ASSERT_EQ(result.code, 0) << result.err;
  for (const char* line : {"rung 1 of 3: 4 trials to epoch 1\n", "rung 2 of 3: 2 trials to epoch 2\n",
                           "rung 3 of 3: 1 trial to epoch 4\n", "the best: ", "fer-eval --run halved/runs/"})
    EXPECT_THAT(result.out, HasSubstr(line));
  std::vector<long> epochs;
  std::string winner;
  for (const char* trial : {"1", "2", "3", "4"}) {
    const std::string run = std::string("halved/runs/") + trial;
    epochs.push_back(epochsOf(run));
    if (epochs.back() == 4) winner = run;
    EXPECT_EQ(fs::exists(*project_ / (run + "/checkpoints/final.safetensors")), epochs.back() == 4) << run;
    EXPECT_THAT(read(run + "/config.json"), HasSubstr("\"epochs\": 4"));
  }
  std::sort(epochs.begin(), epochs.end());
  EXPECT_EQ(epochs, (std::vector<long>{1, 1, 2, 4}));
  // The winner is what fer-train makes of its config at once: its schedule was that of four epochs all along.
  fs::copy_file(*project_ / (winner + "/config.json"), *project_ / "winner_run.json");
  std::string config = read("winner_run.json");
  const std::size_t schema = config.find("\"schema\"");
  config.erase(schema, config.find('\n', schema) - schema);
  write("winner.json", config);
  const CommandResult whole = project_->run("fer-train", {"--config", "winner.json", "--out", "whole"});
  ASSERT_EQ(whole.code, 0) << whole.err;
  expectSameRun(*project_ / "whole", *project_ / winner);
  const auto rows = rowsByTrial(leaderboard("halved"));
  EXPECT_EQ(rows.at(winner.substr(winner.rfind('/') + 1)).at(0), "1");
}

// Two at once, killed with all that it started; what its folder then holds is enough.
TEST_F(FerSweep, KilledAndResumedItComesToTheSameLeaderboard) {
  ASSERT_EQ(sweep({"halved.json", "--out", "straight"}).code, 0);
  int kills = 0;
  CommandResult last;
  for (int attempt = 0; attempt < 40; ++attempt) {
    std::vector<std::string> arguments{"--resume", "killed", "--parallel", "2"};
    if (!fs::exists(*project_ / "killed/sweep.json")) {
      fs::remove_all(*project_ / "killed");
      arguments = {"halved.json", "--out", "killed", "--parallel", "2"};
    }
    RunningCommand command("fer-sweep", arguments, project_->inFolder());
    if (kills < 6) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1200 + 700 * attempt));
      command.send(SIGKILL);
    }
    last = command.wait();
    kills += last.signal == SIGKILL ? 1 : 0;
    if (last.signal != SIGKILL && last.code == 0) break;
    if (last.signal != SIGKILL) {
      // the trainings of a killed sweep need a moment to end
      ASSERT_THAT(last.err, HasSubstr("is at work here"));
    }
  }
  ASSERT_EQ(last.code, 0) << last.err;
  EXPECT_GT(kills, 1);
  std::cout << kills << " kills\n";
  EXPECT_EQ(leaderboard("straight"), leaderboard("killed"));
}

TEST_F(FerSweep, ASignalIsPassedOnAndTheRunsAreSaved) {
  write("long.json", R"({"base": "small.json", "set": {"train.epochs": 500, "machine.threads": 1,
    "train.early_stopping.enabled": false}, "grid": {"augment.zoom": [0, 0.2]}})");
  RunningCommand command("fer-sweep", {"long.json", "--out", "long", "--parallel", "2"}, project_->inFolder());
  for (const char* run : {"1", "2"}) waitFor(*project_ / "long/runs" / run / "metrics.csv");
  command.send(SIGTERM);
  const CommandResult result = command.wait();
  EXPECT_EQ(result.code, 143) << result.err;
  EXPECT_THAT(result.out, HasSubstr("fer-sweep --resume long\n"));
  for (const char* run : {"1", "2"})
    EXPECT_THAT(read(std::string("long/runs/") + run + "/log.txt"), HasSubstr("interrupted and saved"));
  EXPECT_THAT(leaderboard("long"), HasSubstr(",1,unfinished,"));
}

// A test that is read could not but change something: its pixels and labels are others.
TEST_F(FerSweep, TheTestSplitIsNeverRead) {
  std::istringstream lines(read("faces.csv"));
  std::string changed;
  int test_rows = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.ends_with(",PrivateTest")) {
      ++test_rows;
      const std::size_t pixels = line.find(',');
      line[0] = line[0] == '0' ? '1' : '0';
      for (std::size_t i = pixels; i < line.size() - std::string(",PrivateTest").size(); ++i)
        if (line[i] != ' ' && line[i] != ',') line[i] = '1';
    }
    changed += line + "\n";
  }
  ASSERT_GT(test_rows, 5);
  write("other_test.csv", changed);
  ASSERT_EQ(sweep({"two.json", "--out", "as_drawn"}).code, 0);
  ASSERT_EQ(sweep({"two.json", "--out", "other_test", "--data", "other_test.csv"}).code, 0);
  EXPECT_THAT(read("other_test/runs/1/config.json"), HasSubstr("other_test.csv"));
  EXPECT_EQ(leaderboard("as_drawn"), leaderboard("other_test"));
  for (const char* name : {"test_reads.json", "eval"})
    EXPECT_FALSE(fs::exists(*project_ / "other_test/runs/1" / name)) << name;
  const std::string head = leaderboard("as_drawn");
  EXPECT_THAT(head.substr(0, head.find('\n')), Not(HasSubstr("test")));
}

TEST_F(FerSweep, ARunThatFailsIsARowAndStopsNoOther) {
  write("broken.csv", "emotion,pixels,Usage\n0,1 2 3,Training\n");
  write("failing.json", R"({"base": "small.json", "set": {"train.epochs": 1, "machine.threads": 1},
    "grid": {"data.path": ["broken.csv", "faces.csv"]}})");
  const CommandResult result = sweep({"failing.json", "--out", "failing"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("[1/2] 1  path=broken.csv: failed: broken.csv:2:3: pixels: expected"));
  const auto rows = rowsByTrial(leaderboard("failing"));
  EXPECT_EQ(rows.at("2").at(2), "finished");
  EXPECT_EQ(rows.at("1").at(2), "failed");
  EXPECT_THAT(leaderboard("failing"), HasSubstr("broken.csv:2:3"));

  fs::copy_file(*project_ / "faces.csv", *project_ / "broken.csv", fs::copy_options::overwrite_existing);
  EXPECT_EQ(sweep({"--resume", "failing"}).code, 0);  // what failed is tried again
  EXPECT_EQ(rowsByTrial(leaderboard("failing")).at("1").at(2), "finished");

  write("all_fail.json", R"({"base": "small.json", "grid": {"model.init": ["nowhere"]}})");
  expectSweepFailure(sweep({"all_fail.json", "--out", "all_fail"}), 1,
                     "no run came to its end; the first that failed: ");
}

TEST_F(FerSweep, ADryRunTellsAndWritesNothing) {
  const CommandResult result = sweep({"halved.json", "--out", "dry", "--dry-run", "--parallel", "2"});
  ASSERT_EQ(result.code, 0) << result.err;
  for (const char* line : {"dry run, nothing is written: 4 runs\n", "  3  zoom=0.2 lr=1e-06\n",
                           "rungs: 4 trials to epoch 1, then 2 trials to epoch 2, then 1 trial to epoch 4\n",
                           "\ntime: about ", "; 2 at once"})
    EXPECT_THAT(result.out, HasSubstr(line));
  EXPECT_FALSE(fs::exists(*project_ / "dry"));
}

TEST_F(FerSweep, RefusesBadInputWithOneLineAndMakesNoFolder) {
  write("no_sweep.json", "{}");
  write("no_base.json", R"({"base": "nowhere.json", "seeds": [1]})");
  write("bad_trial.json", R"({"base": "small.json", "grid": {"train.unfreeze": [["none"]]}})");
  write("no_data.json", R"({"base": "small.json", "grid": {"data.path": ["faces.csv", "none.csv"]}})");
  const struct {
    std::vector<std::string> arguments;
    int code;
    const char* message;
  } cases[] = {
      {{}, 2, "give a sweep's file, or --resume DIR"},
      {{"none.json"}, 2, "none.json"},
      {{"no_sweep.json"}, 2, "no_sweep.json: base: it is missing"},
      {{"no_base.json"}, 2, "no_base.json: base: nowhere.json"},
      {{"bad_trial.json"}, 2, "bad_trial.json: trial 1 (unfreeze=[\"none\"]): "},
      {{"no_data.json"}, 3, "no_data.json: trial 2 (path=none.csv): none.csv: there is no such dataset"},
      {{"two.json", "--data", "none.csv"}, 3, "none.csv: there is no such dataset"},
      {{"two.json", "--parallel", "0"}, 2, "--parallel: expected a whole number >= 1"},
      {{"--resume", "."}, 2, "no sweep's folder: it holds no sweep.json"},
      {{"two.json", "--resume", "x"}, 2, "a sweep's file does not go with --resume"},
      {{"--resume", "x", "--dry-run"}, 2, "--dry-run does not go with --resume"},
  };
  for (const auto& c : cases) expectSweepFailure(sweep(c.arguments), c.code, c.message);
  EXPECT_FALSE(fs::exists(*project_ / "experiments"));
}

}  // namespace
}  // namespace fer::test
