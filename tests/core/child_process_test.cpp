#include "fer/core/child_process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

namespace fer {
namespace {

using Lines = std::vector<std::string>;

/// A shell's script, its lines, and what it ended with.
struct Shell {
  explicit Shell(const std::string& script, const ChildProcess::Terms& terms = {})
      : child(
            {"/bin/sh", "-c", script}, terms, [this](const std::string& line) { out.push_back(line); },
            [this](const std::string& line) { err.push_back(line); }) {}
  Lines out;
  Lines err;
  ChildProcess child;
};

TEST(ChildProcess, GivesLinesAndTheCodeItEndsWith) {
  Shell shell("echo one; echo two >&2; echo three; exit 7");
  EXPECT_EQ(shell.child.wait(), 7);
  EXPECT_EQ(shell.out, (Lines{"one", "three"}));
  EXPECT_EQ(shell.err, Lines{"two"});
}

TEST(ChildProcess, LastWordsNeedNoEndOfLine) {
  Shell shell("printf 'one\\n\\ntwo'; printf 'dying' >&2");
  EXPECT_EQ(shell.child.wait(), 0);
  EXPECT_EQ(shell.out, (Lines{"one", "", "two"}));
  EXPECT_EQ(shell.err, Lines{"dying"});
}

TEST(ChildProcess, IsKilledWhenItGoes) {
  const auto begun = std::chrono::steady_clock::now();
  { const Shell shell("exec sleep 60"); }
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(30));
}

TEST(ChildProcess, ASignalThatItDoesNotCatchEndsIt) {
  Shell shell("exec sleep 60");
  shell.child.send(SIGTERM);
  EXPECT_EQ(shell.child.wait(), 128 + SIGTERM);
}

TEST(ChildProcess, HeedsASignalThatThisProcessIgnores) {
  auto* const before = std::signal(SIGINT, SIG_IGN);
  Shell shell("exec sleep 60");
  std::signal(SIGINT, before);
  shell.child.send(SIGINT);
  EXPECT_EQ(shell.child.wait(), 128 + SIGINT);
}

TEST(ChildProcess, IsAskedWhetherItHasEndedWithoutWaiting) {
  Shell shell("read nothing; sleep 0.3; exit 3");  // there is nothing to read, so it does not wait for that
  EXPECT_EQ(shell.child.ended(), std::nullopt);
  std::optional<int> code;
  while (!(code = shell.child.ended())) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_EQ(code, 3);
}

TEST(ChildProcess, GetsSignalsByNameAlone) {
  Shell shell("trap 'echo stopped; exit 0' INT; echo ready; while :; do sleep 0.05; done");
  std::optional<int> code;
  while (!(code = shell.child.ended())) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));  // until its trap is set
    shell.child.send(SIGINT);
  }
  EXPECT_EQ(code, 0);
  Shell group("echo $$; ps -o pgid= -p $$ 2>/dev/null || cut -d' ' -f5 /proc/$$/stat");
  EXPECT_EQ(group.child.wait(), 0);
  ASSERT_EQ(group.out.size(), 2U);
  EXPECT_EQ(std::stol(group.out[0]), std::stol(group.out[1]));  // a group of its own: Ctrl-C does not reach it
}

TEST(ChildProcess, AProgramThatIsNotThereIsCode127AndASignalIs128More) {
  ChildProcess missing(
      {"/nowhere/at-all"}, {}, [](const std::string&) {}, [](const std::string&) {});
  EXPECT_EQ(missing.wait(), 127);
  Shell killed("kill -TERM $$");
  EXPECT_EQ(killed.child.wait(), 128 + SIGTERM);
}

TEST(ChildProcess, WorksUnderItsTerms) {
  Shell shell("ulimit -v; ulimit -f; nice",
              {.memory_bytes = std::size_t{1} << 30, .file_bytes = 1 << 20, .nice = true});
  EXPECT_EQ(shell.child.wait(), 0);
  EXPECT_EQ(shell.out.at(0), "1048576");  // KiB
  EXPECT_EQ(shell.out.at(1), "2048");     // blocks of 512 bytes
}

// A kill -9 leaves nobody behind who holds files and processors.
TEST(ChildProcess, EndsWithTheProcessThatMadeIt) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t parent = ::fork();
  if (parent == 0) {
    ChildProcess child(
        {"/bin/sh", "-c", "exec sleep 60"}, {}, [](const std::string&) {}, [](const std::string&) {});
    [[maybe_unused]] const auto written = ::write(ends[1], "x", 1);
    ::pause();
  }
  char ready = 0;
  ::close(ends[1]);
  ASSERT_EQ(::read(ends[0], &ready, 1), 1);
  ::kill(parent, SIGKILL);
  ::waitpid(parent, nullptr, 0);
  // The child holds the pipe's other end, as it was inherited: it is closed when the child is gone.
  EXPECT_EQ(::read(ends[0], &ready, 1), 0);
  ::close(ends[0]);
}

TEST(FindProgram, LooksBesideThisOneThenInThePath) {
  EXPECT_EQ(findProgram("core_test").filename(), "core_test");  // this very program, which no PATH names
  EXPECT_EQ(findProgram("sh").filename(), "sh");
  EXPECT_EQ(findProgram("no-such-program"), "");
}

}  // namespace
}  // namespace fer
