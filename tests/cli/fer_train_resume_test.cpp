#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <nlohmann/json.hpp>

#include "fer/core/files/files.hpp"
#include "fer/core/random.hpp"
#include "support/same_run.hpp"
#include "support/small_run.hpp"

namespace fer::test {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

class FerTrainResume : public testing::TestWithParam<int> {};

TEST_P(FerTrainResume, KilledAtRandomMomentsItIsTheSameTraining) {
  const SmallProject project;
  const std::string threads = std::to_string(GetParam());
  const CommandResult straight = project.run(
      "fer-train", {"--config", "small.json", "--out", "straight", "--threads", threads, "--set", "train.epochs=8"});
  ASSERT_EQ(straight.code, 0) << straight.err;

  RandomStream moments(static_cast<std::uint32_t>(GetParam()), Purpose::kShuffle);
  int kills = 0;
  int code = -1;
  for (int attempt = 0; code != 0; ++attempt) {
    ASSERT_LT(attempt, 60);
    std::vector<std::string> arguments{"--resume", "pieces"};
    if (!fs::exists(project / "pieces/checkpoints/last.safetensors")) {
      fs::remove_all(project / "pieces");  // killed before there was anything to resume
      arguments = {"--config", "small.json", "--out", "pieces", "--threads", threads, "--set", "train.epochs=8"};
    }
    RunningCommand command("fer-train", arguments, project.inFolder());
    if (kills < 12) {
      // Most of the first second is start-up; then come steps, validation and the writing of checkpoints.
      std::this_thread::sleep_for(std::chrono::milliseconds(350 + moments.below(1000)));
      command.send(SIGKILL);
    }
    const CommandResult result = command.wait();
    kills += result.signal == SIGKILL ? 1 : 0;
    code = result.code;
    if (result.signal != SIGKILL) {
      ASSERT_EQ(result.code, 0) << result.err;
    }
  }
  EXPECT_GT(kills, 0);
  RecordProperty("kills", kills);
  std::cout << kills << " kills at " << threads << " threads\n";
  expectSameRun(project / "straight", project / "pieces");
}

INSTANTIATE_TEST_SUITE_P(Threads, FerTrainResume, testing::Values(1, 2));

TEST(FerTrainInterrupt, SavesInMidEpochSaysHowToGoOnAndGoesOnExactly) {
  const SmallProject project;
  ASSERT_EQ(project.run("fer-train", {"--config", "small.json", "--out", "straight"}).code, 0);
  const struct {
    int signal;
    int code;
    const char* out;
  } cases[] = {{SIGINT, 130, "by_ctrl_c"}, {SIGTERM, 143, "by_sigterm"}, {SIGHUP, 129, "by_hangup"}};
  for (const auto& c : cases) {
    RunningCommand command("fer-train", {"--config", "small.json", "--out", c.out}, project.inFolder());
    waitFor(project / (std::string(c.out) + "/checkpoints/last.safetensors"));
    std::this_thread::sleep_for(std::chrono::milliseconds(250));
    command.send(c.signal);
    if (c.signal == SIGHUP) command.send(c.signal);  // a shell says it again
    const CommandResult stopped = command.wait();
    ASSERT_EQ(stopped.code, c.code) << stopped.out << stopped.err;
    EXPECT_THAT(stopped.out, HasSubstr(std::string("--resume ") + c.out));
    const CommandResult resumed = project.run("fer-train", {"--resume", c.out});
    ASSERT_EQ(resumed.code, 0) << resumed.err;
    EXPECT_THAT(resumed.out, HasSubstr("resumed at epoch"));
    EXPECT_THAT(resumed.out, HasSubstr(std::string("fer-eval --run ") + c.out));
    expectSameRun(project / "straight", project / c.out);
  }
}

TEST(FerTrainInterrupt, UnderNohupALostTerminalIsNothing) {
  const SmallProject project;
  RunningCommand command("fer-train", {"--config", "small.json", "--out", "run", "--set", "train.epochs=1"},
                         project.inFolder({.nohup = true}));
  waitFor(project / "run/checkpoints/last.safetensors");
  command.send(SIGHUP);
  EXPECT_EQ(command.wait().code, 0);
}

// From the moment on at which its folder is there.
TEST(FerTrainInterrupt, BeforeTheFirstStepItLeavesARunThatGoesOn) {
  const SmallProject project;
  RunningCommand command("fer-train", {"--config", "small.json", "--out", "early", "--set", "train.epochs=1"},
                         project.inFolder());
  waitFor(project / "early");
  command.send(SIGINT);
  const CommandResult stopped = command.wait();
  EXPECT_EQ(stopped.code, 130) << stopped.out << stopped.err;
  const CommandResult resumed = project.run("fer-train", {"--resume", "early"});
  EXPECT_EQ(resumed.code, 0) << resumed.err;
}

// What SIGKILL or a power cut leave before the first checkpoint, or while one is written.
TEST(FerTrainResumeRules, ARunWithoutACheckpointBeginsAndHalfWrittenFilesGo) {
  const SmallProject project;
  ASSERT_EQ(project.run("fer-train", {"--config", "small.json", "--out", "straight", "--set", "train.epochs=1"}).code,
            0);
  fs::create_directories(project / "dead/checkpoints");
  fs::copy_file(project / "straight/config.json", project / "dead/config.json");
  std::ofstream(project / "dead/checkpoints/.last.safetensors.4711.part") << "half";
  std::ofstream(project / "dead/.metrics.csv.4711.part") << "half";
  const CommandResult result = project.run("fer-train", {"--resume", "dead"});
  ASSERT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("resumed before its first checkpoint: it begins anew"));
  expectSameRun(project / "straight", project / "dead");
  EXPECT_FALSE(fs::exists(project / "dead/checkpoints/.last.safetensors.4711.part"));
  EXPECT_FALSE(fs::exists(project / "dead/.metrics.csv.4711.part"));
  // But what has been trained is never begun anew because its last checkpoint is missing.
  fs::remove(project / "dead/checkpoints/last.safetensors");
  const CommandResult refused = project.run("fer-train", {"--resume", "dead", "--set", "train.epochs=2"});
  EXPECT_EQ(refused.code, 3);
  EXPECT_THAT(refused.err, HasSubstr("last.safetensors: cannot open"));
}

TEST(FerTrainResumeRules, EverySegmentsMachineIsKept) {
  const SmallProject project;
  const auto environment = [&] {
    return nlohmann::json::parse(readFile(project / "run/environment.json", Fault::kData));
  };
  ASSERT_EQ(
      project.run("fer-train", {"--config", "small.json", "--out", "run", "--threads", "1", "--set", "train.epochs=1"})
          .code,
      0);
  EXPECT_FALSE(environment().contains("segments"));
  ASSERT_EQ(
      project.run("fer-train", {"--resume", "run", "--threads", "2", "--allow-inexact", "--set", "train.epochs=2"})
          .code,
      0);
  const nlohmann::json value = environment();
  EXPECT_EQ(value.at("threads"), 2);
  ASSERT_EQ(value.at("segments").size(), 2U);
  EXPECT_EQ(value.at("segments")[0].at("threads"), 1);
  EXPECT_EQ(value.at("segments")[0].at("epoch"), 0);
  EXPECT_EQ(value.at("segments")[1].at("threads"), 2);
  EXPECT_EQ(value.at("segments")[1].at("epoch"), 1);
}

TEST(FerTrainResumeRules, MoreEpochsMayBeAskedForAndOnlyThat) {
  const SmallProject project;
  ASSERT_EQ(project.run("fer-train", {"--config", "small.json", "--out", "three"}).code, 0);
  ASSERT_EQ(project.run("fer-train", {"--config", "small.json", "--out", "grown", "--set", "train.epochs=1"}).code, 0);
  const CommandResult refused = project.run("fer-train", {"--resume", "grown", "--set", "train.batch_size=4"});
  EXPECT_EQ(refused.code, 2);
  EXPECT_THAT(refused.err, HasSubstr("a resume may change train.epochs and machine.* only"));
  ASSERT_EQ(project.run("fer-train", {"--resume", "grown", "--set", "train.epochs=3"}).code, 0);
  expectSameRun(project / "three", project / "grown");
  const CommandResult threads =
      project.run("fer-train", {"--resume", "grown", "--threads", "3", "--set", "train.epochs=4"});
  EXPECT_EQ(threads.code, 2);
  EXPECT_THAT(threads.err, HasSubstr("--allow-inexact"));
  EXPECT_EQ(
      project.run("fer-train", {"--resume", "grown", "--threads", "3", "--set", "train.epochs=4", "--allow-inexact"})
          .code,
      0);
}

TEST(FerTrainResumeRules, ASecondProcessIsKeptOut) {
  const SmallProject project;
  RunningCommand first("fer-train", {"--config", "small.json", "--out", "run", "--set", "train.epochs=50"},
                       project.inFolder());
  waitFor(project / "run/checkpoints/last.safetensors");
  const CommandResult second = project.run("fer-train", {"--resume", "run"});
  EXPECT_EQ(second.code, 1);
  EXPECT_THAT(second.err, HasSubstr("another process is training this run"));
  first.send(SIGKILL);
  first.wait();
}

}  // namespace
}  // namespace fer::test
