#include "fer/core/files/files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "fer/core/hash.hpp"
#include "fer/core/log.hpp"
#include "fer/core/progress.hpp"
#include "fer/core/run/directory.hpp"
#include "support/temp_folder.hpp"

namespace fer {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

std::size_t entries(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST(AtomicFile, AppearsOnCommitAndNotBefore) {
  const test::TempFolder folder;
  writeFile(folder / "f", "old");
  {
    AtomicFile file(folder / "f");
    file.write("new");
    EXPECT_EQ(readFile(folder / "f", Fault::kOther), "old");
    file.commit();
  }
  EXPECT_EQ(readFile(folder / "f", Fault::kOther), "new");
  EXPECT_EQ(entries(folder.path()), 1U);
}

TEST(AtomicFile, GivenUpItLeavesTheOldFileAndNothingElse) {
  const test::TempFolder folder;
  writeFile(folder / "f", "old");
  {
    AtomicFile file(folder / "f");
    file.write("half");
  }
  EXPECT_EQ(readFile(folder / "f", Fault::kOther), "old");
  EXPECT_EQ(entries(folder.path()), 1U);
}

TEST(AtomicPlace, TakesWhatALibraryWroteAndLeavesNothingElse) {
  const test::TempFolder folder;
  writeFile(folder / "f", "old");
  { writeFile(AtomicPlace(folder / "f").part(), "given up"); }
  {
    AtomicPlace place(folder / "f");
    writeFile(place.part(), "new");
    EXPECT_EQ(readFile(folder / "f", Fault::kOther), "old");
    place.commit();
  }
  EXPECT_EQ(readFile(folder / "f", Fault::kOther), "new");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST(AtomicFile, WritesDevicesDirectlyAndReportsAFullOne) {
  EXPECT_NO_THROW(writeFile("/dev/null", "text"));
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
  try {
    writeFile("/dev/full", "text");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("/dev/full: cannot write: No space left on device. Free some space"));
  }
  EXPECT_TRUE(fs::is_character_file("/dev/full"));
}

TEST(Files, ErrorsNameThePathAndTheRemedy) {
  const test::TempFolder folder;
  const auto messageOf = [](const std::function<void()>& action) -> std::string {
    try {
      action();
    } catch (const Error& error) {
      return error.what();
    }
    return "no error";
  };
  EXPECT_THAT(messageOf([&] { readFile(folder / "none", Fault::kData); }),
              HasSubstr("none: cannot open: No such file or directory. Check the path."));
  EXPECT_THAT(messageOf([&] { readFile(folder.path(), Fault::kData); }),
              HasSubstr("Is a directory. A file is expected here."));
  EXPECT_THAT(messageOf([&] { writeFile(folder.path(), ""); }), HasSubstr("Is a directory"));
  EXPECT_THAT(messageOf([&] { writeFile(folder / "a/b", ""); }), HasSubstr("No such file or directory"));
  writeFile(folder / "f", "12345");
  EXPECT_THAT(messageOf([&] { readFile(folder / "f", Fault::kData, 4); }), HasSubstr("larger than the 4 bytes"));
}

// FIPS 180-4's example.
TEST(Sha256, GivesTheStandardsExample) {
  Sha256 hash;
  hash.add("a");
  hash.add("bc");
  EXPECT_EQ(hash.hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  const test::TempFolder folder;
  writeFile(folder / "abc", "abc");
  EXPECT_EQ(fileSha256(folder / "abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_THROW(fileSha256(folder / "none"), Error);
  EXPECT_THROW(fileSha256(folder.path()), Error);
}

TEST(RunDirectory, NeverTakesATakenName) {
  const test::TempFolder folder;
  EXPECT_EQ(RunDirectory::create(folder / "x/run").name(), "run");
  EXPECT_EQ(RunDirectory::create(folder / "x/run/").name(), "run-2");
  writeFile(folder / "x/run-3", "a file");
  EXPECT_EQ(RunDirectory::create(folder / "x/run").name(), "run-4");
  EXPECT_EQ(readFile(folder / "x/run-3", Fault::kOther), "a file");
  EXPECT_TRUE(fs::is_directory(folder / "x/run-4/checkpoints"));
  EXPECT_THROW(RunDirectory::create(folder / "x/run-3/below"), Error);
}

TEST(RunDirectory, NamesOfFilesSayNotWhereTheyLay) {
  EXPECT_EQ(nameToShow(""), "");
  EXPECT_EQ(nameToShow("/somewhere/faces.csv"), "faces.csv");
  EXPECT_EQ(nameToShow("/somewhere/faces/"), "faces");
  EXPECT_EQ(nameToShow("/somewhere/lab/big/checkpoints/final.safetensors"), "big/checkpoints/final.safetensors");
  EXPECT_EQ(nameToShow("big/checkpoints/final.safetensors"), "big/checkpoints/final.safetensors");
}

TEST(RunDirectory, OpensOnlyRuns) {
  const test::TempFolder folder;
  EXPECT_THROW(RunDirectory::open(folder / "none"), Error);
  EXPECT_THROW(RunDirectory::open(folder.path()), Error);
  writeFile(folder / "config.json", "{}");
  EXPECT_EQ(RunDirectory::open(folder.path()).path(), folder.path());
}

TEST(NewRun, GoesUnlessItHasBegun) {
  const test::TempFolder folder;
  for (const char* mark : {"", "metrics.csv", "checkpoints/last.safetensors"}) {
    const RunDirectory run = RunDirectory::create(folder / "run");
    {
      const NewRun fresh(run);
      writeFile(run.config(), "{}");
      EXPECT_FALSE(hasBegun(run));
      if (*mark != 0) writeFile(run.path() / mark, "");
    }
    EXPECT_EQ(fs::exists(run.path()), *mark != 0) << mark;
    fs::remove_all(run.path());
  }
}

TEST(Sweep, TakesWhatADeadTrainingLeftAndNothingElse) {
  const test::TempFolder folder;
  const RunDirectory run = RunDirectory::create(folder / "run");
  const char* const kept[] = {"checkpoints/last.safetensors",
                              "checkpoints/.other.safetensors.12.part",
                              "checkpoints/.last.safetensors.part",
                              "checkpoints/.last.safetensors.x1.part",
                              "checkpoints/last.safetensors.12.part",
                              ".model-card.md.12.part",
                              "config.json"};
  const char* const swept[] = {"checkpoints/.last.safetensors.4711.part", "checkpoints/.last.safetensors.1.part",
                               "checkpoints/.best.safetensors.9.part", ".metrics.csv.4711.part",
                               ".report.html.4711.part"};
  for (const char* name : kept) writeFile(run.path() / name, "");
  for (const char* name : swept) writeFile(run.path() / name, "");
  sweep(run);
  for (const char* name : kept) EXPECT_TRUE(fs::exists(run.path() / name)) << name;
  for (const char* name : swept) EXPECT_FALSE(fs::exists(run.path() / name)) << name;
  removeParts(folder / "none/at all");
}

TEST(RunLock, LetsOneIn) {
  const test::TempFolder folder;
  const RunDirectory run = RunDirectory::create(folder / "run");
  {
    const RunLock first(run);
    EXPECT_THROW(RunLock second(run), Error);
  }
  EXPECT_NO_THROW(RunLock third(run));
}

TEST(Log, GoesToTheWatcherAndToTheEndOfTheFile) {
  const test::TempFolder folder;
  writeFile(folder / "log.txt", "before\n");
  std::ostringstream watcher;
  Log(watcher, folder / "log.txt").line("now");
  EXPECT_EQ(watcher.str(), "now\n");
  EXPECT_EQ(readFile(folder / "log.txt", Fault::kOther), "before\nnow\n");
}

TEST(Progress, DurationsReadLikeAClock) {
  EXPECT_EQ(durationText(0), "0:00");
  EXPECT_EQ(durationText(7.4), "0:07");
  EXPECT_EQ(durationText(754), "12:34");
  EXPECT_EQ(durationText(3723), "1:02:03");
}

TEST(Progress, ClearsItsBarOnATerminalAndSaysLittleElsewhere) {
  std::ostringstream terminal;
  Progress bar(terminal, true, "epoch 1/2", 100);
  bar.finish();
  EXPECT_EQ(terminal.str(), "\r\x1b[K");
  std::ostringstream plain;
  Progress lines(plain, false, "epoch 1/2", 100);
  lines.update(50, "loss 1");  // within the first half minute: nothing
  lines.finish();
  EXPECT_EQ(plain.str(), "");
}

}  // namespace
}  // namespace fer
