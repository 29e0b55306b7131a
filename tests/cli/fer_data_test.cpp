#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "fer/report/picture/sheet.hpp"
#include "support/run_command.hpp"
#include "support/temp_folder.hpp"

namespace fer::test {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

using Words = std::vector<std::string>;

constexpr const char* kSmallCsv =
    "emotion,pixels,Usage\n0,0 10,Training\n1,20 30,Training\n0,0 10,PrivateTest\n1,7 7,PublicTest\n1,0 "
    "10,PrivateTest\n";

std::string contentOf(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// A folder with small.csv: five images of 1 x 2 pixels and two classes.
class FerData : public testing::Test {
 protected:
  void SetUp() override { write("small.csv", kSmallCsv); }

  void write(const std::string& name, const std::string& text) const { std::ofstream(folder_ / name) << text; }

  CommandResult run(const Words& arguments, CommandSetup setup = {}) const {
    setup.folder = folder_.path();
    return runCommand("fer-data", arguments, setup);
  }

  CommandResult runOnSmall(const std::string& command, const Words& more = {}, const CommandSetup& setup = {}) const {
    Words words{command, "small.csv", "--height", "1", "--width", "2", "--classes", "a,b"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words, setup);
  }

  /// Failed as documented: the code, one line that holds the message, nothing on standard output, nothing left behind.
  void expectFailure(const CommandResult& result, int code, const std::string& message) const {
    EXPECT_EQ(result.code, code) << result.err;
    EXPECT_THAT(result.err, AllOf(StartsWith("fer-data"), HasSubstr(message)));
    EXPECT_TRUE(isOneLine(result.err)) << result.err;
    EXPECT_EQ(result.out, "");
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path()))
      EXPECT_THAT(entry.path().string(), testing::Not(EndsWith(".part")));
  }

  TempFolder folder_;
};

TEST_F(FerData, InfoPrintsWhatTheFileHolds) {
  const CommandResult result = runOnSmall("info");
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(result.err, "");
  // By hand: the ten pixels sum to 94, their squares to 1698. The file's hash is sha256sum's.
  for (const char* line : {"rows          5\n", "images        1 x 2 (height x width), grey\n",
                           "pixels        min 0, max 30, mean 9.400, std 9.024\n",
                           "file SHA-256  8d6f7bd32ad84981efcc090fdaf6917c1708218787227e1979e9204752dd3ed0\n",
                           "label  class     Training   PublicTest  PrivateTest      all    share\n",
                           "    0  a                1            0            1        2   40.0 %\n",
                           "    1  b                1            1            1        3   60.0 %\n",
                           "       all              2            1            2        5  100.0 %\n"})
    EXPECT_THAT(result.out, HasSubstr(line));
}

TEST_F(FerData, InfoReadsAFileWithoutUsagesAndAPipe) {
  write("plain.csv", "emotion,pixels\n0,1 2\n");
  const Words images{"--height", "1", "--width", "2", "--classes", "a,b"};
  const std::string command = std::string(FER_BIN) + "/fer-data info plain.csv --height 1 --width 2 --classes a,b";
  const CommandResult file = runCommand("/bin/sh", {"-c", command}, {.folder = folder_.path()});
  EXPECT_THAT(file.out, HasSubstr("no usage"));
  const CommandResult pipe = runCommand("/bin/sh",
                                        {"-c", "cat plain.csv | " + std::string(FER_BIN) +
                                                   "/fer-data info /dev/stdin --height 1 --width 2 --classes a,b"},
                                        {.folder = folder_.path()});
  EXPECT_EQ(pipe.code, 0) << pipe.err;
  EXPECT_THAT(pipe.out, AllOf(HasSubstr("rows          1\n"), HasSubstr("none: no regular file")));
}

TEST_F(FerData, AuditPrintsTheDuplicates) {
  const CommandResult result = runOnSmall("audit");
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(result.out,
            "5 rows\n"
            "1 groups of rows with equal pixels, 1 of them with different labels\n"
            "1 images of a single grey level\n"
            "\n"
            "Copies beyond the first within a split\n"
            "  Training: 0 of 2 rows\n"
            "  PublicTest: 0 of 1 rows\n"
            "  PrivateTest: 1 of 2 rows\n"
            "\n"
            "Rows whose pixels also stand in another split\n"
            "  Training rows also in PrivateTest: 1, 1 with the same label\n"
            "  PrivateTest rows also in Training: 2, 1 with the same label\n"
            "\n"
            "Leak-free PublicTest: 1 of 1 rows do not stand in Training\n"
            "Leak-free PrivateTest: 0 of 2 rows do not stand in Training\n");
}

TEST_F(FerData, AuditPrintsJson) {
  const CommandResult result = runOnSmall("audit", {"--json"});
  EXPECT_EQ(result.code, 0) << result.err;
  nlohmann::json found = nlohmann::json::parse(result.out);
  EXPECT_EQ(found["data_hash"].get<std::string>().size(), 64U);
  found.erase("data_hash");
  EXPECT_EQ(found, nlohmann::json::parse(R"({
    "schema": 1, "rows": 5,
    "usages": [{"usage": "Training", "rows": 2, "extra_copies_within": 0},
               {"usage": "PublicTest", "rows": 1, "extra_copies_within": 0},
               {"usage": "PrivateTest", "rows": 2, "extra_copies_within": 1}],
    "also_in": [{"usage": "Training", "other": "PrivateTest", "rows": 1, "rows_of_the_same_label": 1},
                {"usage": "PrivateTest", "other": "Training", "rows": 2, "rows_of_the_same_label": 1}],
    "leak_free": {"PublicTest": 1, "PrivateTest": 0},
    "duplicate_groups": [{"rows": [0, 2, 4], "labels": [0, 0, 1], "usages": ["Training", "PrivateTest", "PrivateTest"]}],
    "conflicting_groups": [0], "constant_images": [3]})"));
}

TEST_F(FerData, ShowsTheFolds) {
  write("folds.csv",
        "emotion,pixels,Usage\n0,1 1,Training\n0,2 2,Training\n1,3 3,Training\n1,4 4,Training\n1,1 1,Training\n"
        "0,5 5,PrivateTest\n");
  const auto run_on = [&](const char* command, const Words& more) {
    Words words{command, "folds.csv", "--height", "1", "--width", "2", "--classes", "a,b", "--folds", "2"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words).out;
  };
  // The two equal images are dealt first, to fold 0; the other of class a to fold 1, those of b to 1 and then to 0.
  EXPECT_THAT(run_on("info", {}), EndsWith("\nfolds of data.protocol=kfold, data.split_seed=42\n"
                                           "label  class       fold 0       fold 1      all    share\n"
                                           "    0  a                1            1        2   40.0 %\n"
                                           "    1  b                2            1        3   60.0 %\n"
                                           "       all              3            2        5  100.0 %\n"));
  EXPECT_THAT(run_on("audit", {"--split-seed", "7"}), EndsWith("\nFolds of data.protocol=kfold, data.split_seed=7\n"
                                                               "  fold 0: 3 rows, 0 of them also in another fold\n"
                                                               "  fold 1: 2 rows, 0 of them also in another fold\n"));
  EXPECT_EQ(nlohmann::json::parse(run_on("audit", {"--json"}))["folds"],
            nlohmann::json::parse(R"([{"rows": 3, "rows_also_in_other_folds": 0},
                                      {"rows": 2, "rows_also_in_other_folds": 0}])"));
  write("test.csv", "emotion,pixels,Usage\n0,1 1,PrivateTest\n");
  expectFailure(run({"info", "test.csv", "--height", "1", "--width", "2", "--classes", "a,b", "--folds", "2"}), 3,
                "--folds: no row is of Training");
}

TEST_F(FerData, SynthWritesADatasetThatInfoReads) {
  const CommandResult drawn = run({"synth", "faces.csv", "--rows", "100"});
  EXPECT_EQ(drawn.code, 0) << drawn.err;
  EXPECT_EQ(drawn.out, "faces.csv: 100 drawn faces of 7 classes\n");
  EXPECT_THAT(run({"info", "faces.csv"}).out, AllOf(HasSubstr("rows          100\n"), HasSubstr("surprise")));
}

TEST_F(FerData, SynthDrawsOtherShapesAndClasses) {
  const Words images{"--height", "32", "--width", "40", "--channels", "3", "--classes", "sad,happy,p,q,r"};
  Words synth{"synth", "colour.csv", "--rows", "120", "--seed", "9"};
  synth.insert(synth.end(), images.begin(), images.end());
  EXPECT_EQ(run(synth).code, 0);
  Words info{"info", "colour.csv"};
  info.insert(info.end(), images.begin(), images.end());
  EXPECT_THAT(run(info).out, AllOf(HasSubstr("32 x 40 (height x width), red-green-blue"), HasSubstr("    4  r ")));
}

TEST_F(FerData, SynthRepeatsItselfAndObeysTheSeed) {
  run({"synth", "a.csv", "--rows", "12"});
  run({"synth", "b.csv", "--rows", "12", "--seed", "1"});
  run({"synth", "c.csv", "--rows", "12", "--seed", "2"});
  EXPECT_EQ(contentOf(folder_ / "a.csv"), contentOf(folder_ / "b.csv"));
  EXPECT_NE(contentOf(folder_ / "a.csv"), contentOf(folder_ / "c.csv"));
}

TEST_F(FerData, SynthReplacesOnlyWhenForced) {
  expectFailure(run({"synth", "small.csv", "--rows", "12"}), 2, "small.csv: exists already");
  EXPECT_EQ(contentOf(folder_ / "small.csv"), kSmallCsv);
  EXPECT_EQ(run({"synth", "small.csv", "--rows", "12", "--force"}).code, 0);
  EXPECT_NE(contentOf(folder_ / "small.csv"), kSmallCsv);
}

TEST_F(FerData, SynthWritesToStandardOutput) {
  run({"synth", "a.csv", "--rows", "12"});
  const CommandResult result =
      runCommand("/bin/sh", {"-c", std::string(FER_BIN) + "/fer-data synth /dev/stdout --rows 12 | cat"});
  EXPECT_EQ(result.out, contentOf(folder_ / "a.csv"));
}

TEST_F(FerData, HelpsWithExamples) {
  for (const Words& words :
       {Words{"--help"}, {"info", "--help"}, {"audit", "-h"}, {"convert", "-h"}, {"synth", "--help"}}) {
    const CommandResult result = run(words);
    EXPECT_EQ(result.code, 0);
    EXPECT_THAT(result.out, AllOf(HasSubstr("Usage:"), HasSubstr("Examples:\n  fer-data ")));
  }
}

TEST_F(FerData, RefusesAWrongCommandLine) {
  struct Case {
    Words arguments;
    const char* message;
  };
  const Case cases[] = {
      {{}, "no command is named: expected info, audit, convert or synth"},
      {{"inof", "small.csv"}, "unknown command \"inof\""},
      {{"info"}, "no file is named"},
      {{"audit"}, "no file is named"},
      {{"synth"}, "no file to write is named"},
      {{"convert", "small.csv"}, "a dataset and a place for its copy are wanted"},
      {{"info", "small.csv", "other.csv"}, "unexpected argument \"other.csv\""},
      {{"info", "small.csv", "--colour"}, "colour"},
      {{"synth", "new.csv", "--rows", "many"}, "--rows: expected a whole number >= 1 and <= 1000000"},
      {{"synth", "new.csv", "--rows", "0"}, "--rows: expected a whole number >= 1"},
      {{"synth", "new.csv", "--rows=-5"}, "--rows: expected a whole number"},
      {{"synth", "new.csv", "--rows", "1e9"}, "--rows: expected a whole number"},
      {{"synth", "new.csv", "--rows", "2.5"}, "--rows: expected a whole number"},
      {{"synth", "new.csv", "--seed", "4294967296"}, "--seed: expected a whole number from 0 to 4294967295"},
      {{"synth", "new.csv", "--rows", "1000000", "--height", "4096", "--width", "4096"}, "more than 4 GiB"},
      {{"synth", "new.csv", "--height", "8"}, "--height: expected a whole number >= 16"},
      {{"synth", "new.csv", "--channels", "2"}, "data.channels: expected 1 or 3, found 2"},
      {{"synth", "new.csv", "--classes", "one"}, "data.classes: expected 2 to 256 names"},
      {{"info", "small.csv", "--classes", "a,,b"}, "data.classes: expected 2 to 256 names"},
      {{"info", "small.csv", "--folds", "1"}, "--folds: expected a whole number >= 2"},
      {{"audit", "small.csv", "--split-seed", "1"}, "--split-seed: it is of the folds"},
      {{"info", "small.csv", "--width", ""}, "--width: expected a whole number"},
      {{"audit", "small.csv", "--width"}, "width"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.message);
    expectFailure(run(c.arguments), 2, c.message);
    EXPECT_FALSE(std::filesystem::exists(folder_ / "new.csv"));
  }
}

TEST_F(FerData, RefusesFilesThatCannotBeRead) {
  std::filesystem::create_directory(folder_ / "folder");
  write("secret.csv", kSmallCsv);
  ASSERT_EQ(::chmod((folder_ / "secret.csv").c_str(), 0), 0);
  for (const char* command : {"info", "audit"}) {
    expectFailure(run({command, "no.csv"}), 3, "no.csv: there is no such dataset");
    expectFailure(run({command, "folder"}), 3,
                  report::picturesBuilt() ? "folder: no pictures" : "built without OpenCV");
    expectFailure(run({command, "small.csv/x"}), 3, "small.csv/x: ");
    expectFailure(run({command, "secret.csv"}, {.obey_permissions = true}), 3,
                  "secret.csv: cannot open: Permission denied");
  }
}

TEST_F(FerData, RefusesADamagedFile) {
  write("empty.csv", "");
  write("short.csv", "emotion,pixels,Usage\n0,1 2,Training\n0,1,Training\n");
  write("two.csv", "emotion,pixels,Usage\n0,1 256,Training\n9,1 2,Training\n");
  for (const char* command : {"info", "audit"}) {
    const Words images{"--height", "1", "--width", "2", "--classes", "a,b"};
    const auto read = [&](const char* name) {
      Words words{command, name};
      words.insert(words.end(), images.begin(), images.end());
      return run(words);
    };
    expectFailure(read("empty.csv"), 3, "empty.csv:1:1: ");
    expectFailure(read("short.csv"), 3, "short.csv:3:");
    const CommandResult faults = read("two.csv");  // a list: a line a fault
    EXPECT_EQ(faults.code, 3);
    EXPECT_EQ(faults.out, "");
    EXPECT_THAT(faults.err,
                AllOf(HasSubstr("two.csv: 2 faulty rows"), HasSubstr("\n  two.csv:2:"), HasSubstr("\n  two.csv:3:")));
  }
}

TEST_F(FerData, RefusesPlacesThatCannotBeWritten) {
  std::filesystem::create_directory(folder_ / "folder");
  std::filesystem::create_directory(folder_ / "locked");
  ASSERT_EQ(::chmod((folder_ / "locked").c_str(), 0555), 0);
  const auto synth = [&](const char* out, const CommandSetup& setup = {}) {
    return run({"synth", out, "--rows", "40", "--force"}, setup);
  };
  expectFailure(synth("folder"), 1, "folder: cannot write: Is a directory");
  expectFailure(synth("no/such/faces.csv"), 1, "no/such/faces.csv: cannot write: No such file or directory");
  expectFailure(synth("locked/faces.csv", {.obey_permissions = true}), 1,
                "locked/faces.csv: cannot write: Permission denied");
  expectFailure(synth("/dev/full"), 1, "/dev/full: cannot write: No space left on device");
}

TEST_F(FerData, LeavesTheEarlierFileWholeWhenTheDiskIsFull) {
  expectFailure(run({"synth", "small.csv", "--rows", "40", "--force"}, {.file_size_limit = 10000}), 1,
                "small.csv: cannot write: File too large. Raise the file-size limit (ulimit -f).");
  EXPECT_EQ(contentOf(folder_ / "small.csv"), kSmallCsv);
}

TEST_F(FerData, TellsWhenStandardOutputIsFull) {
  const CommandSetup full{.stdout_to = "/dev/full"};
  expectFailure(runOnSmall("info", {}, full), 1, "standard output cannot be written");
  expectFailure(runOnSmall("audit", {}, full), 1, "standard output cannot be written");
  expectFailure(runOnSmall("audit", {"--json"}, full), 1, "standard output cannot be written");
  expectFailure(run({"--help"}, full), 1, "standard output cannot be written");
}

/// The issue's promise on the real data: the path comes from the environment variable FER2013_CSV.
TEST_F(FerData, AuditsFer2013) {
  const char* path = std::getenv("FER2013_CSV");
  if (path == nullptr) GTEST_SKIP() << "set FER2013_CSV to the path of fer2013.csv for this test";
  const std::string file = std::filesystem::absolute(path).string();
  EXPECT_THAT(run({"audit", file}).out,
              AllOf(HasSubstr("PrivateTest rows also in Training: 288, 280 with the same label"),
                    HasSubstr("Leak-free PrivateTest: 3301 of 3589 rows")));
  EXPECT_THAT(run({"info", file}).out,
              HasSubstr("       all             28709         3589         3589    35887  100.0 %\n"));
}

}  // namespace
}  // namespace fer::test
