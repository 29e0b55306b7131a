#include "support/run_command.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "support/temp_folder.hpp"

namespace fer::test {
namespace {

CommandResult shell(const std::string& script, const CommandSetup& setup = {}) {
  return runCommand("/bin/sh", {"-c", script}, setup);
}

TEST(RunCommand, CapturesBothOutputsAndTheExitCode) {
  const CommandResult result = shell("echo out; echo err >&2; exit 7");
  EXPECT_EQ(result.code, 7);
  EXPECT_EQ(result.signal, 0);
  EXPECT_EQ(result.out, "out\n");
  EXPECT_EQ(result.err, "err\n");
}

TEST(RunCommand, TakesMoreOutputThanAPipeHolds) {
  EXPECT_EQ(shell("head -c 1000000 /dev/zero; head -c 1000000 /dev/zero >&2").out.size(), 1000000U);
}

TEST(RunCommand, RunsInAFolderWithAnEnvironment) {
  const TempFolder folder;
  const CommandResult result =
      shell("pwd -P; echo $FER_WORD", {.folder = folder.path(), .environment = {{"FER_WORD", "w"}}});
  EXPECT_EQ(result.out, std::filesystem::canonical(folder.path()).string() + "\nw\n");
}

TEST(RunCommand, TellsASignalFromAnExitCode) {
  RunningCommand command("/bin/sleep", {"100"});
  command.send(SIGTERM);
  const CommandResult result = command.wait();
  EXPECT_EQ(result.code, -1);
  EXPECT_EQ(result.signal, SIGTERM);
}

TEST(RunCommand, KillsWhatTakesTooLong) {
  const CommandResult result = runCommand("/bin/sleep", {"100"}, {.time_limit = std::chrono::seconds(0)});
  EXPECT_TRUE(result.timed_out);
  EXPECT_EQ(result.signal, SIGKILL);
}

TEST(RunCommand, LimitsTheSizeOfFiles) {
  const TempFolder folder;
  const CommandResult result =
      shell("head -c 5000 /dev/zero > big", {.folder = folder.path(), .file_size_limit = 1000});
  EXPECT_NE(result.code, 0);
  EXPECT_EQ(std::filesystem::file_size(folder / "big"), 1000U);
}

TEST(RunCommand, HoldsRootToPermissions) {
  const TempFolder folder;
  std::ofstream(folder / "secret") << "text";
  ASSERT_EQ(::chmod((folder / "secret").c_str(), 0), 0);
  EXPECT_NE(shell("cat secret", {.folder = folder.path(), .obey_permissions = true}).code, 0);
}

TEST(RunCommand, WritesStandardOutputElsewhere) {
  EXPECT_NE(shell("echo text", {.stdout_to = "/dev/full"}).code, 0);
}

}  // namespace
}  // namespace fer::test
