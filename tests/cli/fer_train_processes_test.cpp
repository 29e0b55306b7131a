// fer-train in several processes, started as torchrun starts them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

#include "fer/core/files/files.hpp"
#include "support/free_port.hpp"
#include "support/same_run.hpp"
#include "support/small_run.hpp"

namespace fer::test {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

/// Two processes of one training, which meet at a free port.
class TwoProcesses {
 public:
  TwoProcesses(const SmallProject& project, const std::vector<std::string>& arguments)
      : second_("fer-train", arguments, setup(project, 1)), first_("fer-train", arguments, setup(project, 0)) {}

  RunningCommand& first() { return first_; }
  RunningCommand& second() { return second_; }

 private:
  CommandSetup setup(const SmallProject& project, int rank) const {
    CommandSetup setup = project.inFolder();
    const std::string number = std::to_string(rank);
    for (const auto& [name, value] :
         std::vector<std::pair<std::string, std::string>>{{"RANK", number},
                                                          {"LOCAL_RANK", number},
                                                          {"WORLD_SIZE", "2"},
                                                          {"LOCAL_WORLD_SIZE", "2"},
                                                          {"MASTER_ADDR", "127.0.0.1"},
                                                          {"MASTER_PORT", std::to_string(port_)}})
      setup.environment.emplace_back(name, value);
    return setup;
  }

  int port_ = freePort();
  RunningCommand second_;
  RunningCommand first_;
};

TEST(FerTrainProcesses, TrainTogetherAndTheFirstAloneWritesAndSpeaks) {
  const SmallProject project;
  TwoProcesses both(project, {"--config", "small.json", "--out", "run", "--threads", "1"});
  const CommandResult first = both.first().wait();
  const CommandResult second = both.second().wait();
  EXPECT_EQ(first.code, 0) << first.err;
  EXPECT_EQ(second.code, 0) << second.err;
  EXPECT_THAT(first.out, HasSubstr("with 1 threads, in each of 2 processes"));
  EXPECT_THAT(first.out, HasSubstr("finished all 3 epochs"));
  EXPECT_EQ(second.out + second.err, "");
  EXPECT_TRUE(fs::exists(project / "run/checkpoints/final.safetensors"));
  EXPECT_FALSE(fs::exists(project / "run-2"));
  EXPECT_THAT(readFile(project / "run/environment.json", Fault::kData), HasSubstr("\"processes\": 2"));
}

TEST(FerTrainProcesses, EndTogetherWhereOneIsLostAndGoOnInAnotherNumber) {
  const SmallProject project;
  {
    TwoProcesses both(project,
                      {"--config", "small.json", "--out", "run", "--threads", "1", "--set", "train.epochs=500"});
    waitFor(project / "run/metrics.csv");
    both.second().send(SIGKILL);
    both.second().wait();
    const CommandResult first = both.first().wait();
    EXPECT_EQ(first.code, 1);
    EXPECT_TRUE(isOneLine(first.err)) << first.err;
    EXPECT_THAT(first.err, HasSubstr("process 0 of 2 lost the others"));
  }
  const std::vector<std::string> alone{"--resume", "run", "--threads", "1", "--set", "train.epochs=501"};
  const CommandResult refused = project.run("fer-train", alone);
  EXPECT_EQ(refused.code, 2);
  EXPECT_THAT(refused.err, HasSubstr("2 processes"));
}

TEST(FerTrainProcesses, StopTogetherWhereOneIsInterrupted) {
  const SmallProject project;
  TwoProcesses both(project, {"--config", "small.json", "--out", "run", "--threads", "1", "--set", "train.epochs=500"});
  waitFor(project / "run/metrics.csv");
  both.second().send(SIGTERM);
  const CommandResult first = both.first().wait();
  const CommandResult second = both.second().wait();
  EXPECT_EQ(first.code, 143) << first.err;
  EXPECT_EQ(second.code, 143) << second.err;
  EXPECT_THAT(first.out, HasSubstr("interrupted and saved; go on with"));
}

TEST(FerTrainProcesses, AreNotStartedByHalf) {
  const SmallProject project;
  CommandSetup setup;
  setup.environment.emplace_back("WORLD_SIZE", "2");
  const CommandResult result = project.run("fer-train", {"--config", "small.json"}, setup);
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr("docs/cluster.md"));
}

}  // namespace
}  // namespace fer::test
