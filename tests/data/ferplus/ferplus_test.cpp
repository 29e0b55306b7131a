#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/ferplus/read.hpp"
#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "fer/data/load.hpp"
#include "fer/data/training_data.hpp"
#include "support/csv_text.hpp"
#include "support/temp_folder.hpp"

namespace fer::data {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct JudgeCase {
  const char* name;
  Votes votes;  // neutral, happiness, surprise, sadness, anger, disgust, fear, contempt, unknown, no face
  Verdict majority;
  std::size_t winner;  // of the majority
  Verdict distribution;
  std::vector<double> shares;  // the first ones; the rest are 0
};

constexpr Verdict kKept = Verdict::kKept;
constexpr Verdict kNone = Verdict::kNoEmotion;
constexpr Verdict kSplit = Verdict::kNoMajority;
constexpr Verdict kWide = Verdict::kSpread;

// Worked out by hand from the rules.
TEST(FerPlus, JudgesVotesByTheRulesOfItsAuthors) {
  const JudgeCase cases[] = {
      {"all for one", {10}, kKept, 0, kKept, {1}},
      {"6 to 4", {6, 4}, kKept, 0, kKept, {0.6, 0.4}},
      {"half is no majority", {0, 5, 5}, kSplit, 0, kKept, {0, 0.5, 0.5}},
      {"the single vote goes; 4 + 3 are three quarters of 9", {4, 3, 2, 1}, kSplit, 0, kKept, {4.0 / 7, 3.0 / 7}},
      {"equals come together", {4, 3, 3}, kSplit, 0, kKept, {0.4, 0.3, 0.3}},
      {"five equals are too many", {2, 2, 2, 2, 2}, kSplit, 0, kWide, {}},
      {"single votes alone", {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, kSplit, 0, kWide, {}},
      {"a single vote beside six", {6, 1, 1, 1, 1}, kKept, 0, kKept, {1}},
      {"unknown leads", {2, 0, 0, 0, 0, 0, 0, 0, 8}, kNone, 0, kNone, {}},
      {"no face", {0, 0, 0, 0, 0, 0, 0, 0, 0, 10}, kNone, 0, kNone, {}},
      {"unknown follows and ends it", {6, 0, 0, 0, 0, 0, 0, 0, 4}, kKept, 0, kKept, {1}},
      {"unknown is as strong", {5, 0, 0, 0, 0, 0, 0, 0, 5}, kSplit, 0, kWide, {}},
      {"more than ten people", {0, 0, 30, 10}, kKept, 2, kKept, {0, 0, 1}},
  };
  for (const JudgeCase& c : cases) {
    const Judgement majority = judge(c.votes, true, true);
    EXPECT_EQ(majority.verdict, c.majority) << c.name;
    if (c.majority == kKept) {
      EXPECT_EQ(majority.strongest, c.winner) << c.name;
      EXPECT_EQ(majority.shares[c.winner], 1) << c.name;
    }
    const Judgement spread = judge(c.votes, false, true);
    EXPECT_EQ(spread.verdict, c.distribution) << c.name;
    for (std::size_t i = 0; i < kVotedEmotions && c.distribution == kKept; ++i)
      EXPECT_DOUBLE_EQ(spread.shares[i], i < c.shares.size() ? c.shares[i] : 0) << c.name << " " << i;
  }
}

TEST(FerPlus, DropsContemptOrGivesItsShareToTheOthers) {
  const Votes leads{4, 0, 0, 0, 0, 0, 0, 6};
  const Votes follows{6, 0, 0, 0, 0, 0, 0, 4};
  EXPECT_EQ(judge(leads, false, false).verdict, Verdict::kContempt);
  EXPECT_EQ(judge(leads, true, false).verdict, Verdict::kContempt);
  EXPECT_DOUBLE_EQ(judge(leads, false, true).shares[7], 0.6);
  EXPECT_DOUBLE_EQ(judge(follows, false, true).shares[7], 0.4);
  EXPECT_DOUBLE_EQ(judge(follows, false, false).shares[0], 1);
  EXPECT_DOUBLE_EQ(judge(follows, false, false).shares[7], 0);
}

const std::string kHeader =
    "Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF\n";

FerPlusVotes readVotes(const std::string& text) {
  return ferplus::read(tests::sourceOf(text), "plus.csv");
}

TEST(FerPlus, ReadsItsFile) {
  const FerPlusVotes rows =
      readVotes(kHeader + "Training,fer0000000.png,4,0,0,1,3,2,0,0,0,0\nPublicTest,,0,0,0,0,0,0,0,0,0,10");
  EXPECT_THAT(rows.parts, ElementsAre(kTraining, kPublicTest));
  EXPECT_THAT(rows.votes[0], ElementsAre(4, 0, 0, 1, 3, 2, 0, 0, 0, 0));
  EXPECT_THAT(rows.votes[1], ElementsAre(0, 0, 0, 0, 0, 0, 0, 0, 0, 10));
  const FerPlusVotes other = readVotes(
      "\xEF\xBB\xBFNF,fear, Neutral ,happiness,surprise,sadness,anger,disgust,contempt,unknown,note,usage\r\n"
      "1,2,3,0,0,0,0,0,0,4,\"a,b\",\"PrivateTest\"\r\n\r\n");
  EXPECT_THAT(other.votes[0], ElementsAre(3, 0, 0, 0, 0, 0, 2, 0, 4, 1));
  EXPECT_THAT(other.parts, ElementsAre(kPrivateTest));
}

TEST(FerPlus, RefusesWhatIsNotItsFile) {
  struct Case {
    std::string text;
    const char* message;
  };
  const std::string row = "Training,a.png,4,0,0,1,3,2,0,0,0,0\n";
  const Case cases[] = {
      {"", "plus.csv:1:1: the file is empty: expected FER+'s header"},
      {kHeader, "plus.csv: no rows follow the header"},
      {"emotion,pixels,Usage\n", "plus.csv:1:1: the header has no column `neutral`: expected FER+'s header"},
      {"neutral," + kHeader, "plus.csv:1:26: the column `neutral` stands twice"},
      {kHeader + row + "Training,a.png,4,0,x,1,3,2,0,0,0,0\n",
       "plus.csv:3:20: votes for surprise `x` is not a whole number 0..1000"},
      {kHeader + "Training,a.png,4,0,0,1,3,2,0,0,0,-1\n", "plus.csv:2:34: votes for NF -1 is outside 0..1000"},
      {kHeader + "Training,a.png,4,0,0,1,3,2,0,0,0,\n", "plus.csv:2:34: votes for NF `` is not a whole number"},
      {kHeader + "Test,a.png,4,0,0,1,3,2,0,0,0,0\n", "plus.csv:2:1: usage `Test` is unknown"},
      {kHeader + "Training,a.png,4,0\n", "plus.csv:2:19: expected 12 fields as in the header, found 4"},
      {kHeader + "Training,a.png,0,0,0,0,0,0,0,0,0,0\n", "plus.csv:2:1: no votes at all"},
      {kHeader + "Training,\"a.png,4\n", "plus.csv:2:10: the quote is not closed"},
      {kHeader + row + "x\ny\n", "plus.csv: 2 faulty rows:\n  plus.csv:3:1: usage `x`"},
      {kHeader + std::string(70'000, 'a') + "\n", "plus.csv:2:65537: the line is longer than any of FER+'s"},
  };
  for (const Case& c : cases) {
    std::string message = "no error";
    try {
      readVotes(c.text);
    } catch (const Error& error) {
      message = error.what();
      EXPECT_EQ(error.fault(), Fault::kData);
    }
    EXPECT_THAT(message, HasSubstr(c.message));
  }
}

/// Five images of a pixel, all of class sad, and votes for them.
class FerPlusJoin : public ::testing::Test {
 protected:
  void SetUp() override {
    writeFile(folder_ / "fer.csv",
              "emotion,pixels,Usage\n4,10,Training\n4,20,Training\n4,30,PublicTest\n4,40,PrivateTest\n4,50,Training\n");
    writeFile(folder_ / "plus.csv", kHeader +
                                        "Training,a,6,4,0,0,0,0,0,0,0,0\n"     // neutral and happy
                                        "Training,b,0,0,0,0,0,0,0,0,0,10\n"    // no face
                                        "PublicTest,c,0,0,0,0,5,5,0,0,0,0\n"   // anger and disgust
                                        "PrivateTest,d,0,0,0,0,0,0,4,6,0,0\n"  // fear and contempt
                                        "Training,e,0,0,0,10,0,0,0,0,0,0\n");  // sad
    options_.path = (folder_ / "fer.csv").string();
    options_.ferplus = (folder_ / "plus.csv").string();
    options_.shape = {1, 1, 1};
  }

  std::string errorOf() const {
    try {
      loadDataset(options_);
    } catch (const Error& error) {
      return error.what();
    }
    return "no error";
  }

  test::TempFolder folder_;
  DataOptions options_;
};

TEST_F(FerPlusJoin, MakesDistributionsTheTargets) {
  options_.targets = "ferplus";
  const LoadedData loaded = loadDataset(options_);
  const Dataset& dataset = loaded.dataset;
  EXPECT_EQ(dataset.classes(), fer2013Classes());  // angry, disgust, fear, happy, sad, surprise, neutral
  EXPECT_THAT(dataset.columns().row_ids, ElementsAre(0, 2, 4));
  EXPECT_THAT(dataset.columns().pixels, ElementsAre(10, 30, 50));
  EXPECT_THAT(dataset.columns().labels, ElementsAre(6, 0, 4));
  EXPECT_THAT(dataset.target(0), ElementsAre(0, 0, 0, 0.4F, 0, 0, 0.6F));
  EXPECT_THAT(dataset.target(1), ElementsAre(0.5F, 0.5F, 0, 0, 0, 0, 0));
  EXPECT_EQ(loaded.other_labels.name, "FER-2013");
  EXPECT_THAT(loaded.other_labels.labels, ElementsAre(4, 4, 4));
  EXPECT_THAT(loaded.notes,
              ElementsAre("FER+: distributions for 3 of 5 rows; 1 dropped: most votes for unknown or no face; 1 "
                          "dropped: contempt, which data.contempt=false drops"));
}

TEST_F(FerPlusJoin, KeepsContemptAsAnEighthClass) {
  options_.targets = "ferplus";
  options_.contempt = true;
  const Dataset dataset = loadDataset(options_).dataset;
  EXPECT_EQ(dataset.classes().size(), 8U);
  EXPECT_EQ(dataset.classes().back(), "contempt");
  EXPECT_THAT(dataset.target(2), ElementsAre(0, 0, 0.4F, 0, 0, 0, 0, 0.6F));
  EXPECT_EQ(dataset.label(2), 7);
}

TEST_F(FerPlusJoin, MakesMajoritiesTheLabels) {
  options_.targets = "ferplus-majority";
  const LoadedData loaded = loadDataset(options_);
  EXPECT_FALSE(loaded.dataset.hasTargets());
  EXPECT_THAT(loaded.dataset.columns().row_ids, ElementsAre(0, 4));
  EXPECT_THAT(loaded.dataset.columns().labels, ElementsAre(6, 4));
  EXPECT_THAT(loaded.notes, Contains(HasSubstr("1 dropped: no emotion with more than half of the votes")));
}

TEST_F(FerPlusJoin, GoesWithTheRowsThatATrainingKeeps) {
  options_.protocol = "challenge";
  const TrainingData data = loadForTraining(options_);
  EXPECT_THAT(data.dataset.columns().row_ids, ElementsAre(0, 1, 2, 4));
  ASSERT_EQ(data.votes.size(), 4U);
  EXPECT_EQ(data.votes[0][0], 6);
  EXPECT_EQ(data.votes[1][9], 10);
  EXPECT_EQ(data.votes[3][3], 10);
  options_.targets = "ferplus";
  options_.contempt = true;
  EXPECT_TRUE(loadForTraining(options_).votes.empty());
}

TEST_F(FerPlusJoin, StandsBesideHardLabels) {
  const LoadedData loaded = loadDataset(options_);
  options_.ferplus.clear();
  EXPECT_EQ(dataHash(loaded.dataset), dataHash(loadDataset(options_).dataset));
  EXPECT_EQ(loaded.other_labels.name, "FER+");
  EXPECT_THAT(loaded.other_labels.labels, ElementsAre(6, kNoLabel, kNoLabel, kNoLabel, 4));
}

TEST_F(FerPlusJoin, RefusesAnotherDataset) {
  options_.targets = "ferplus";
  writeFile(folder_ / "fer.csv", "emotion,pixels,Usage\n4,10,Training\n");
  EXPECT_THAT(errorOf(), AllOf(HasSubstr("fer.csv: expected FER-2013, row for row as in"),
                               HasSubstr("which has 5 rows; it has 1")));
  const LoadedData other = loadOtherDataset(options_);
  EXPECT_THAT(other.notes, ElementsAre(HasSubstr("warning: FER+ labels are left aside: ")));
  EXPECT_EQ(other.dataset.size(), 1U);
  writeFile(folder_ / "fer.csv",
            "emotion,pixels,Usage\n4,1,Training\n4,1,Training\n4,1,PublicTest\n4,1,Training\n4,1,Training\n");
  EXPECT_THAT(errorOf(), HasSubstr("row 3 is of Training here and of PrivateTest there"));
  options_.classes = {"a", "b", "c", "d", "e"};
  EXPECT_THAT(errorOf(), HasSubstr("its classes are not FER-2013's seven in their order"));
}

TEST_F(FerPlusJoin, WantsItsFile) {
  options_.targets = "ferplus";
  options_.ferplus.clear();
  EXPECT_THROW(validate(options_, "x"), Error);
}

}  // namespace
}  // namespace fer::data
