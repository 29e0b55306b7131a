#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/same_run.hpp"
#include "support/small_run.hpp"

namespace fer::test {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

TEST(FerTrainUntil, PausesSaysHowToGoOnAndGoesOnToTheSameBits) {
  const SmallProject project;
  const std::vector<std::string> config{"--config", "small.json", "--set", "train.schedule.name=cosine", "--out"};
  const auto begin = [&](std::vector<std::string> more) {
    more.insert(more.begin(), config.begin(), config.end());
    return project.run("fer-train", more);
  };
  ASSERT_EQ(begin({"whole"}).code, 0);
  const CommandResult paused = begin({"parts", "--until", "1"});
  EXPECT_EQ(paused.code, 0) << paused.err;
  EXPECT_THAT(paused.out, HasSubstr("paused after epoch 1 of 3; go on with: "));
  EXPECT_THAT(paused.out, HasSubstr("fer-train --resume parts\n"));
  EXPECT_THAT(paused.out, testing::Not(HasSubstr("fer-eval")));
  EXPECT_THAT(readFile(project / "parts/report.html", Fault::kOther), HasSubstr("paused after epoch 1 of 3"));
  EXPECT_FALSE(fs::exists(project / "parts/checkpoints/final.safetensors"));
  const CommandResult again = project.run("fer-train", {"--resume", "parts", "--until", "2"});
  EXPECT_EQ(again.code, 0) << again.err;
  EXPECT_THAT(again.out, HasSubstr("paused after epoch 2 of 3"));
  EXPECT_EQ(project.run("fer-train", {"--resume", "parts"}).code, 0);
  expectSameRun(project / "whole", project / "parts");
}

TEST(FerTrainUntil, RefusesWhatCannotBe) {
  const SmallProject project;
  const std::vector<std::string> config{"--config", "small.json", "--out", "run"};
  const auto expectRefused = [&](const std::vector<std::string>& arguments, const char* message) {
    const CommandResult result = project.run("fer-train", arguments);
    EXPECT_EQ(result.code, 2) << result.out;
    EXPECT_THAT(result.err, HasSubstr(message));
    EXPECT_TRUE(isOneLine(result.err)) << result.err;
  };
  const auto withConfig = [&](std::vector<std::string> more) {
    more.insert(more.begin(), config.begin(), config.end());
    return more;
  };
  expectRefused(withConfig({"--until", "4"}), "--until 4: more than train.epochs, which is 3");
  expectRefused(withConfig({"--until", "0"}), "--until: expected a whole number >= 1");
  expectRefused(withConfig({"--until", "1", "--dry-run"}), "--until does not go with --dry-run");
  EXPECT_FALSE(fs::exists(project / "run"));
  ASSERT_EQ(project.run("fer-train", withConfig({"--until", "2"})).code, 0);
  expectRefused({"--resume", "run", "--until", "1"}, "--until 1: the run has come to epoch 2 already");
  EXPECT_EQ(project.run("fer-train", {"--resume", "run", "--until", "2"}).code, 0);  // there already
}

}  // namespace
}  // namespace fer::test
