#include "app/sweep/side_by_side.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <map>

#include "fer/core/files/files.hpp"
#include "support/temp_folder.hpp"

namespace fer::app {
namespace {

using testing::ElementsAre;
using testing::Pair;
namespace fs = std::filesystem;

CommandLine shell(const std::string& script) {
  return {"/bin/sh", "-c", script};
}

int noSignal() {
  return 0;
}

/// Exit codes in the order of the ends.
std::vector<std::pair<std::size_t, int>> endsOf(const std::vector<CommandLine>& commands, std::size_t parallel,
                                                const std::function<int()>& signal = noSignal) {
  std::vector<std::pair<std::size_t, int>> ends;
  runSideBySide(commands, parallel, signal,
                [&](std::size_t index, const Ended& end) { ends.emplace_back(index, end.code); });
  return ends;
}

// Each waits for the other: one after the other would never end.
TEST(SideBySide, TwoRunAtOnce) {
  const test::TempFolder folder;
  const std::string a = (folder / "a").string();
  const std::string b = (folder / "b").string();
  const auto meet = [](const std::string& mine, const std::string& other) {
    return shell("touch " + mine + "; for i in $(seq 500); do test -e " + other +
                 " && exit 0; sleep 0.02; done; exit 9");
  };
  EXPECT_THAT(endsOf({meet(a, b), meet(b, a)}, 2), testing::UnorderedElementsAre(Pair(0, 0), Pair(1, 0)));
}

// Each would find the mark of another that runs beside it.
TEST(SideBySide, NeverMoreThanAllowedAndInTheirOrder) {
  const test::TempFolder folder;
  const std::string mark = (folder / "mark").string();
  const CommandLine alone = shell("mkdir " + mark + " || exit 9; sleep 0.1; rmdir " + mark);
  EXPECT_THAT(endsOf({alone, alone, alone}, 1), ElementsAre(Pair(0, 0), Pair(1, 0), Pair(2, 0)));
}

TEST(SideBySide, AFailureIsToldWithItsLastWordsAndStopsNoOther) {
  std::map<std::size_t, Ended> ends;
  runSideBySide({shell("echo first >&2; echo last >&2; exit 3"), shell("kill -KILL $$"), shell("echo out")}, 1,
                noSignal, [&](std::size_t index, const Ended& end) { ends[index] = end; });
  ASSERT_EQ(ends.size(), 3U);
  EXPECT_EQ(ends[0].code, 3);
  EXPECT_EQ(ends[0].error, "last");
  EXPECT_EQ(ends[1].code, 128 + SIGKILL);
  EXPECT_EQ(ends[2].code, 0);
  EXPECT_EQ(ends[2].error, "");
}

TEST(SideBySide, ASignalIsPassedOnOnceAndNoMoreBegin) {
  const test::TempFolder folder;
  const fs::path ready = folder / "ready";
  const std::string wait = "n=0; trap 'n=$((n+1))' TERM; touch " + ready.string() +
                           "; while test $n = 0; do sleep 0.02; done; sleep 0.3; exit $((n+40))";
  const auto ends = endsOf({shell(wait), shell("exit 0")}, 1, [&] { return fs::exists(ready) ? SIGTERM : 0; });
  EXPECT_THAT(ends, ElementsAre(Pair(0, 41)));
}

TEST(SideBySide, NoCommandIsNothing) {
  EXPECT_THAT(endsOf({}, 2), ElementsAre());
}

}  // namespace
}  // namespace fer::app
