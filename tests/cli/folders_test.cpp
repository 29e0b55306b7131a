// Folders of pictures and FER+, with the real commands.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "fer/core/files/files.hpp"
#include "support/small_run.hpp"

namespace fer::test {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
namespace fs = std::filesystem;

const std::vector<std::string> kSmall{"--height", "16", "--width", "16"};

/// 150 drawn faces of FER-2013's classes, 16 x 16 pixels, a config that trains on them, and what is made of them.
class Folders : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(data({"synth", "faces.csv", "--rows", "150", "--force"}).code, 0);
    std::ofstream(project_ / "small.json") << R"({
      "model": {"name": "generic"},
      "data": {"path": "faces.csv", "height": 16, "width": 16},
      "train": {"batch_size": 8, "deterministic": true}})";
  }
  CommandResult data(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), kSmall.begin(), kSmall.end());
    return project_.run("fer-data", arguments);
  }
  CommandResult train(const std::vector<std::string>& more) const { return project_.run("fer-train", oneEpoch(more)); }
  nlohmann::json json(const std::string& file) const {
    return nlohmann::json::parse(readFile(project_ / file, Fault::kData));
  }

  /// own/CLASS/*.png: the classes of drawn faces under names of no emotion, without parts.
  void makeOwnFolder() const {
    ASSERT_EQ(data({"synth", "own.csv", "--rows", "90", "--classes", "wink,nod,frown"}).code, 0);
    ASSERT_EQ(data({"convert", "own.csv", "tree", "--classes", "wink,nod,frown"}).code, 0);
    for (const char* name : {"wink", "nod", "frown"}) {
      fs::create_directories(project_ / "own" / name);
      for (const char* part : {"train", "test"})
        for (const auto& file : fs::directory_iterator(project_ / "tree" / part / name))
          fs::copy(file.path(), project_ / "own" / name / ("p" + file.path().filename().string()));
    }
  }

  SmallProject project_;
};

TEST_F(Folders, AreTheCsvThatTheyWereConvertedFrom) {
  const CommandResult there = data({"convert", "faces.csv", "faces/"});
  ASSERT_EQ(there.code, 0) << there.err;
  EXPECT_THAT(there.out, HasSubstr("faces/: 150 PNG files of 7 classes, data hash "));
  EXPECT_TRUE(fs::exists(project_ / "faces/train/angry/Training_0.png"));
  const CommandResult back = data({"convert", "faces", "back.csv"});
  ASSERT_EQ(back.code, 0) << back.err;
  EXPECT_EQ(readFile(project_ / "back.csv", Fault::kData), readFile(project_ / "faces.csv", Fault::kData));
  const auto hashLine = [](const std::string& text) { return text.substr(text.find("data hash"), 78); };
  EXPECT_EQ(hashLine(data({"info", "faces"}).out), hashLine(data({"info", "faces.csv"}).out));
  EXPECT_EQ(data({"audit", "faces"}).out, data({"audit", "faces.csv"}).out);
}

TEST_F(Folders, AreWrittenWholeOrNotAtAllAndReplacedOnDemandOnly) {
  ASSERT_EQ(data({"convert", "faces.csv", "faces"}).code, 0);
  const CommandResult again = data({"convert", "faces.csv", "faces"});
  EXPECT_EQ(again.code, 2);
  EXPECT_THAT(again.err, HasSubstr("faces: exists already"));
  std::ofstream(project_ / "faces/mine.txt") << "mine";
  EXPECT_EQ(data({"convert", "faces.csv", "faces/", "--force"}).code, 0);
  EXPECT_FALSE(fs::exists(project_ / "faces/mine.txt"));
  std::ofstream(project_ / "bad.csv") << "emotion,pixels,Usage\n0,1 2,Training\n";
  EXPECT_EQ(data({"convert", "bad.csv", "bad"}).code, 3);
  EXPECT_FALSE(fs::exists(project_ / "bad"));
  EXPECT_EQ(data({"convert", "faces.csv", "a", "--classes", "a,..,c,d,e,f,g"}).code, 2);
  for (const auto& entry : fs::directory_iterator(project_ / ""))
    EXPECT_THAT(entry.path().string(), Not(EndsWith(".part")));
}

TEST_F(Folders, TrainToTheSameBitsAsTheirCsv) {
  ASSERT_EQ(data({"convert", "faces.csv", "faces"}).code, 0);
  ASSERT_EQ(train({"--data", "faces", "--out", "a"}).code, 0);
  ASSERT_EQ(train({"--data", "faces.csv", "--out", "b"}).code, 0);
  EXPECT_EQ(readFile(project_ / "a/metrics.csv", Fault::kData), readFile(project_ / "b/metrics.csv", Fault::kData));
  EXPECT_EQ(json("a/environment.json")["data_hash"], json("b/environment.json")["data_hash"]);
}

TEST_F(Folders, OfOwnClassesAreTrainedOnFineTunedAndEvaluated) {
  makeOwnFolder();
  std::ofstream(project_ / "own/nod/broken.jpg") << "no picture";
  ASSERT_EQ(train({"--out", "first"}).code, 0);
  const CommandResult tuned = train({"--data", "own", "--init", "first", "--out", "tuned"});
  ASSERT_EQ(tuned.code, 0) << tuned.err;
  EXPECT_THAT(tuned.out, AllOf(HasSubstr("classes of the folders: frown, nod, wink\n"),
                               HasSubstr("warning: left out, 1 of 91 pictures cannot be read:\n  own/nod/broken.jpg:"),
                               HasSubstr("all pictures are cut by data.fractions"),
                               HasSubstr("frown, nod, wink here): dense3 is drawn anew"),
                               HasSubstr("drawn anew 2 tensors: dense3.weight, dense3.bias\n")));
  EXPECT_THAT(json("tuned/config.json")["data"]["classes"], ElementsAre("frown", "nod", "wink"));
  EXPECT_EQ(json("tuned/config.json")["data"]["protocol"], "fractions");
  ASSERT_EQ(project_.run("fer-eval", {"--run", "tuned"}).code, 0);
  EXPECT_THAT(json("tuned/eval/test/evaluation.json")["classes"], ElementsAre("frown", "nod", "wink"));
  fs::rename(project_ / "own", project_ / "moved");
  EXPECT_EQ(project_.run("fer-eval", {"--run", "tuned"}).code, 3);
  EXPECT_EQ(project_.run("fer-eval", {"--run", "tuned", "--data", "moved"}).code, 0);
  fs::remove_all(project_ / "moved/nod");
  const CommandResult other = project_.run("fer-eval", {"--run", "tuned", "--data", "moved"});
  EXPECT_EQ(other.code, 0) << other.err;
  EXPECT_THAT(other.out, HasSubstr("moved is another dataset than the run's"));
}

TEST_F(Folders, AreRefusedForWhatIsWrongWithThem) {
  makeOwnFolder();
  std::ofstream(project_ / "own/nod/broken.jpg") << "no picture";
  const CommandResult strict = train({"--data", "own", "--set", "data.unreadable=fail", "--out", "x"});
  EXPECT_EQ(strict.code, 3);
  EXPECT_THAT(strict.err, AllOf(HasSubstr("own/nod/broken.jpg"), HasSubstr("data.unreadable=skip")));
  const CommandResult named = train({"--data", "own", "--set", R"(data.classes=["wink","nod"])", "--out", "x"});
  EXPECT_EQ(named.code, 3);
  EXPECT_THAT(named.err, HasSubstr("no class for the folder frown"));
  EXPECT_FALSE(fs::exists(project_ / "x"));
}

/// Votes for faces.csv: ten for each label, but of every seventh row five are for neutral and five for no face.
void writeVotes(const SmallProject& project) {
  constexpr int kColumnOfLabel[] = {4, 5, 6, 1, 3, 2, 0};
  std::istringstream rows(readFile(project / "faces.csv", Fault::kData));
  std::ofstream votes(project / "plus.csv");
  votes << "Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF\n";
  std::string row;
  std::getline(rows, row);
  for (int number = 0; std::getline(rows, row); ++number) {
    int columns[10] = {};
    columns[kColumnOfLabel[row[0] - '0']] = 10;
    if (number % 7 == 0) {
      std::fill(std::begin(columns), std::end(columns), 0);
      columns[0] = columns[9] = 5;
    }
    votes << row.substr(row.rfind(',') + 1) << ",";
    for (const int count : columns) votes << "," << count;
    votes << "\n";
  }
}

TEST_F(Folders, OrFerPlusAsTargetsAndAsASecondOpinion) {
  writeVotes(project_);
  const CommandResult trained =
      train({"--set", "data.targets=ferplus", "--set", "data.ferplus=plus.csv", "--out", "plus"});
  ASSERT_EQ(trained.code, 0) << trained.err;
  EXPECT_THAT(trained.out, HasSubstr("FER+: distributions for 128 of 150 rows; 22 dropped: votes spread over"));
  const CommandResult scored = project_.run("fer-eval", {"--run", "plus"});
  ASSERT_EQ(scored.code, 0) << scored.err;
  EXPECT_THAT(scored.out, AllOf(HasSubstr("labels         rows   accuracy   macro F1\nFER+             26 "),
                                HasSubstr("\nFER-2013         26 ")));
  EXPECT_TRUE(fs::exists(project_ / "plus/eval/test/other_labels/evaluation.json"));
  EXPECT_EQ(project_.run("fer-eval", {"--run", "plus", "--data", "faces.csv"}).code, 0);

  ASSERT_EQ(train({"--out", "hard"}).code, 0);
  const CommandResult both = project_.run("fer-eval", {"--run", "hard", "--ferplus", "plus.csv"});
  ASSERT_EQ(both.code, 0) << both.err;
  EXPECT_THAT(both.out, AllOf(HasSubstr("FER-2013         30 "), HasSubstr("\nFER+             26 ")));
  const CommandResult report = project_.run("fer-report", {"plus", "hard", "--out", "both"});
  ASSERT_EQ(report.code, 0) << report.err;
  for (const char* name : {"both/report.md", "both/index.html"})
    EXPECT_THAT(readFile(project_ / name, Fault::kData),
                AllOf(HasSubstr("Against a second set of labels"), HasSubstr("26 of 30"), HasSubstr("26 of 26"),
                      HasSubstr("FER-2013")))
        << name;
  ASSERT_EQ(project_.run("fer-eval", {"--run", "hard"}).code, 0);
  EXPECT_FALSE(fs::exists(project_ / "hard/eval/test/other_labels"));  // of an evaluation that is no more
}

TEST_F(Folders, OrTheirVotesBlendedIntoTheLabels) {
  writeVotes(project_);
  const std::vector<std::string> blended{"--set", "data.ferplus=plus.csv", "--set", "train.loss.votes=0.3"};
  const auto with = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), blended.begin(), blended.end());
    return train(arguments);
  };
  const CommandResult trained = with({"--out", "blended"});
  ASSERT_EQ(trained.code, 0) << trained.err;
  ASSERT_EQ(train({"--out", "hard"}).code, 0);
  EXPECT_NE(readFile(project_ / "blended/metrics.csv", Fault::kData),
            readFile(project_ / "hard/metrics.csv", Fault::kData));
  EXPECT_EQ(project_.run("fer-eval", {"--run", "blended"}).code, 0);
  const CommandResult none = train({"--set", "train.loss.votes=0.3", "--out", "none"});
  EXPECT_EQ(none.code, 2);
  EXPECT_THAT(none.err,
              HasSubstr("train.loss.votes: it blends FER+'s votes with the dataset's own labels. Name their"));
  EXPECT_EQ(with({"--set", "data.targets=ferplus", "--out", "none"}).code, 2);
  fs::remove(project_ / "plus.csv");
  const CommandResult resumed = project_.run("fer-train", {"--resume", "blended", "--set", "train.epochs=2"});
  EXPECT_EQ(resumed.code, 3);
  EXPECT_THAT(resumed.err, HasSubstr("plus.csv"));
}

TEST_F(Folders, SayHowFarTheLabelsCanBeToldFromVotes) {
  writeVotes(project_);
  ASSERT_EQ(train({"--out", "hard"}).code, 0);
  const CommandResult scored = project_.run("fer-eval", {"--run", "hard", "--ferplus", "plus.csv", "--ceiling"});
  ASSERT_EQ(scored.code, 0) << scored.err;
  EXPECT_THAT(scored.out, HasSubstr("\nceiling: the dataset's labels by FER+'s votes alone"));
  const auto stored = nlohmann::json::parse(readFile(project_ / "hard/eval/test/evaluation.json", Fault::kData));
  for (const char* what : {"votes", "both"}) {
    EXPECT_GE(stored["ceiling"][what], 0) << what;
    EXPECT_LE(stored["ceiling"][what], 1) << what;
  }
  EXPECT_EQ(stored["ceiling"]["validation_rows"], 21);
  EXPECT_THAT(readFile(project_ / "hard/test_reads.json", Fault::kData), HasSubstr("\"ceiling\""));
  const CommandResult none = project_.run("fer-eval", {"--run", "hard", "--ceiling"});
  EXPECT_EQ(none.code, 2);
  EXPECT_THAT(none.err, HasSubstr("--ceiling needs FER+'s votes beside the dataset's own labels"));
  const CommandResult elsewhere =
      project_.run("fer-eval", {"--run", "hard", "--ceiling", "--ferplus", "plus.csv", "--data", "elsewhere.csv"});
  EXPECT_NE(elsewhere.code, 0);
}

TEST_F(Folders, GoOnWithoutVotesThatNothingNeeds) {
  writeVotes(project_);
  ASSERT_EQ(train({"--set", "data.ferplus=plus.csv", "--out", "hard"}).code, 0);
  ASSERT_EQ(train({"--set", "data.ferplus=plus.csv", "--set", "data.targets=ferplus", "--out", "plus"}).code, 0);
  fs::remove(project_ / "plus.csv");
  const std::string gone = (project_ / "plus.csv").string();

  const CommandResult scored = project_.run("fer-eval", {"--run", "hard"});
  ASSERT_EQ(scored.code, 0) << scored.err;
  EXPECT_THAT(scored.out, HasSubstr("data.ferplus: " + gone + " is not there any more: no scores against FER+'s"));
  EXPECT_FALSE(fs::exists(project_ / "hard/eval/test/other_labels"));
  const CommandResult resumed = project_.run("fer-train", {"--resume", "hard", "--set", "train.epochs=2"});
  EXPECT_EQ(resumed.code, 0) << resumed.err;
  EXPECT_THAT(readFile(project_ / "hard/config.json", Fault::kData), HasSubstr(gone));

  const std::vector<std::vector<std::string>> needed = {
      {"--run", "plus"},
      {"--run", "hard", "--ferplus", "plus.csv"},
      {"--run", "hard", "--ferplus", "plus.csv", "--data", "faces.csv"}};
  for (const auto& words : needed) {
    const CommandResult refused = project_.run("fer-eval", words);
    EXPECT_EQ(refused.code, 3);
    EXPECT_THAT(refused.err, HasSubstr("plus.csv: cannot open"));
  }
  EXPECT_EQ(train({"--set", "data.ferplus=plus.csv", "--out", "typo"}).code, 3);
}

}  // namespace
}  // namespace fer::test
