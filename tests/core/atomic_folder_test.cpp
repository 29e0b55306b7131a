#include "fer/core/files/atomic_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <thread>
#include <vector>

#include "fer/core/files/file_lock.hpp"
#include "fer/core/files/files.hpp"
#include "support/temp_folder.hpp"

namespace fer {
namespace {

using testing::ElementsAre;
namespace fs = std::filesystem;

std::set<std::string> namesIn(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename().string());
  return names;
}

std::string text(const fs::path& file) {
  return readFile(file, Fault::kOther);
}

TEST(AtomicFolder, AppearsWholeAndTakesThePlaceOfTheEarlierOne) {
  const test::TempFolder temp;
  const fs::path folder = temp / "eval/test";
  for (const std::string round : {"first", "second"}) {
    AtomicFolder writer(folder);
    writeFile(writer.part() / "a", round);
    if (round == "second") {
      EXPECT_EQ(text(folder / "a"), "first") << "until commit";
    }
    writeFile(writer.part() / round, "");
    writer.commit();
    EXPECT_EQ(text(folder / "a"), round);
    EXPECT_THAT(namesIn(folder), ElementsAre("a", round));
    EXPECT_THAT(namesIn(temp / "eval"), ElementsAre("test"));
  }
}

TEST(AtomicFolder, LeavesTheEarlierOneWhereItIsGivenUp) {
  const test::TempFolder temp;
  fs::create_directory(temp / "test");
  writeFile(temp / "test/a", "earlier");
  {
    AtomicFolder writer(temp / "test");
    writeFile(writer.part() / "a", "half");
  }
  EXPECT_EQ(text(temp / "test/a"), "earlier");
  EXPECT_THAT(namesIn(temp.path()), ElementsAre("test"));
}

TEST(AtomicFolder, KeepsWhatItIsToldTo) {
  const test::TempFolder temp;
  fs::create_directories(temp / "test/explain");
  for (const char* name : {"test/notes", "test/explain/x", "test/b"}) writeFile(temp / name, "earlier");
  AtomicFolder writer(temp / "test");
  writeFile(writer.part() / "b", "new");
  for (const char* name : {"notes", "explain", "b", "absent"}) writer.keep(name);
  writer.commit();
  EXPECT_THAT(namesIn(temp / "test"), ElementsAre("b", "explain", "notes"));
  EXPECT_EQ(text(temp / "test/b"), "new");
  EXPECT_EQ(text(temp / "test/explain/x"), "earlier");
}

TEST(AtomicFolder, SweepsWhatAKilledOneLeft) {
  const test::TempFolder temp;
  fs::create_directories(temp / ".test.123.part/explain");
  fs::create_directories(temp / ".test-flip.123.part");
  AtomicFolder(temp / "test").commit();
  EXPECT_THAT(namesIn(temp.path()), ElementsAre(".test-flip.123.part", "test"));
}

TEST(AtomicFolder, SaysWhatCannotBe) {
  const test::TempFolder temp;
  writeFile(temp / "file", "");
  EXPECT_THROW(AtomicFolder(temp / "file/test"), Error);
}

TEST(FileLock, LetsOneInAtATime) {
  const test::TempFolder temp;
  int value = 0;  // not atomic: the lock guards it
  std::vector<std::jthread> threads;
  threads.reserve(4);
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int round = 0; round < 50; ++round) {
        const FileLock lock(temp / "lock");
        const int seen = value;
        std::this_thread::yield();
        value = seen + 1;
      }
    });
  threads.clear();
  EXPECT_EQ(value, 200);
  EXPECT_THROW(FileLock(temp / "no/lock"), Error);
}

}  // namespace
}  // namespace fer
