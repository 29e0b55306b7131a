#include "fer/data/protocol.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "fer/core/error.hpp"
#include "support/error_of.hpp"
#include "support/small_dataset.hpp"

namespace fer::data {
namespace {

using Rows = std::vector<std::uint32_t>;
using test::SmallRow;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

using test::kPrivate;
using test::kPublic;
using test::kTrain;

DataOptions protocol(const std::string& name) {
  DataOptions options;
  options.path = "some.csv";
  options.protocol = name;
  return options;
}

void addRows(std::vector<SmallRow>& rows, int count, int label, std::uint8_t part) {
  for (int i = 0; i < count; ++i) rows.push_back({"x", label, part});
}

/// FER-2013's rows of each class of Training and its test rows, a pixel each: all that the cut depends on.
Dataset ferCounts() {
  constexpr int kTrainingRows[] = {3995, 436, 4097, 7215, 4830, 3171, 4965};
  std::vector<SmallRow> rows;
  for (int label = 0; label < 7; ++label) addRows(rows, kTrainingRows[label], label, kTrain);
  addRows(rows, 3589, 3, kPublic);
  addRows(rows, 3589, 4, kPrivate);
  return test::smallDataset(fer2013Classes(), rows);
}

std::size_t rowsOfClass(const Dataset& dataset, const Rows& rows, int label) {
  return static_cast<std::size_t>(
      std::count_if(rows.begin(), rows.end(), [&](std::uint32_t row) { return dataset.label(row) == label; }));
}

void expectPartition(const Split& split, std::size_t rows) {
  std::set<std::uint32_t> all;
  for (const Rows* part : {&split.train, &split.validation, &split.test, &split.unused}) {
    EXPECT_TRUE(std::is_sorted(part->begin(), part->end()));
    all.insert(part->begin(), part->end());
  }
  EXPECT_EQ(all.size(), rows);
  EXPECT_EQ(split.train.size() + split.validation.size() + split.test.size() + split.unused.size(), rows);
}

std::string errorOf(const Dataset& dataset, const DataOptions& options) {
  return test::errorOf(Fault::kData, [&] { cut(dataset, options); });
}

TEST(OriginalProtocol, CutsFer2013AsTheOriginalDid) {
  const Dataset dataset = ferCounts();
  const Split split = cut(dataset, protocol("original"));
  expectPartition(split, 35887);
  EXPECT_EQ(split.train.size(), 22965U);
  EXPECT_EQ(split.validation.size(), 5741U);
  EXPECT_EQ(split.test.size(), 7178U);
  EXPECT_EQ(split.unused.size(), 3U);
  // int(0.8 * n) and int(0.2 * n) of each class, from Python.
  constexpr std::size_t kTrainRows[] = {3196, 348, 3277, 5772, 3864, 2536, 3972};
  constexpr std::size_t kValidationRows[] = {799, 87, 819, 1443, 966, 634, 993};
  for (int label = 0; label < 7; ++label) {
    EXPECT_EQ(rowsOfClass(dataset, split.train, label), kTrainRows[label]) << label;
    EXPECT_EQ(rowsOfClass(dataset, split.validation, label), kValidationRows[label]) << label;
  }
}

TEST(OriginalProtocol, DependsOnTheSeedAloneAndKeepsTheTest) {
  const Dataset dataset = ferCounts();
  DataOptions options = protocol("original");
  const Split a = cut(dataset, options);
  EXPECT_EQ(cut(dataset, options).train, a.train);
  options.split_seed = 43;
  const Split b = cut(dataset, options);
  EXPECT_NE(b.train, a.train);
  EXPECT_EQ(b.test, a.test);
}

// The rows are those of tests/oracles/original_split.py. A change of the stream, the shuffle or the rounding would
// silently make every earlier run incomparable.
TEST(OriginalProtocol, StaysAsItIs) {
  std::vector<SmallRow> rows;
  addRows(rows, 12, 0, kTrain);
  addRows(rows, 7, 1, kTrain);
  addRows(rows, 1, 0, kPublic);
  addRows(rows, 1, 1, kPrivate);
  const Split split = cut(test::smallDataset({"a", "b"}, rows), protocol("original"));
  EXPECT_THAT(split.test, ElementsAre(19, 20));
  EXPECT_THAT(split.validation, ElementsAre(3, 10, 12));
  EXPECT_THAT(split.unused, ElementsAre(2, 14));
}

TEST(OriginalProtocol, TakesOneTestUsageAndLeavesRowsWithoutUsage) {
  std::vector<SmallRow> rows;
  addRows(rows, 5, 0, kTrain);
  addRows(rows, 1, 0, kPrivate);
  addRows(rows, 2, 0, kNoPart);
  const Split split = cut(test::smallDataset({"a"}, rows), protocol("original"));
  EXPECT_THAT(split.test, ElementsAre(5));
  EXPECT_THAT(split.unused, ElementsAre(6, 7));
}

TEST(ChallengeProtocol, IsTheUsages) {
  const Dataset dataset = test::smallDataset(
      {"a"}, {{"x", 0, kPrivate}, {"x", 0, kTrain}, {"x", 0, kPublic}, {"x", 0, kTrain}, {"x", 0, kNoPart}});
  const Split split = cut(dataset, protocol("challenge"));
  EXPECT_THAT(split.train, ElementsAre(1, 3));
  EXPECT_THAT(split.validation, ElementsAre(2));
  EXPECT_THAT(split.test, ElementsAre(0));
  EXPECT_THAT(split.unused, ElementsAre(4));
}

TEST(RefitProtocol, TrainsOnTheValidationRowsToo) {
  const Dataset dataset = test::smallDataset(
      {"a"}, {{"x", 0, kPrivate}, {"x", 0, kPublic}, {"x", 0, kTrain}, {"x", 0, kPublic}, {"x", 0, kNoPart}});
  const Split split = cut(dataset, protocol("refit"));
  EXPECT_THAT(split.train, ElementsAre(1, 2, 3));
  EXPECT_THAT(split.validation, ElementsAre(1, 3));
  EXPECT_THAT(split.test, ElementsAre(0));
  EXPECT_THAT(split.unused, ElementsAre(4));
}

/// "train", "validation", "test" in place of FER-2013's names.
Dataset ofOwnParts(const std::vector<SmallRow>& rows) {
  const Dataset dataset = test::smallDataset({"a"}, rows);
  return {dataset.shape(), dataset.classes(), dataset.columns(), ownParts()};
}

TEST(OwnParts, AreCutAsFer2013sAndKeepTheirValidation) {
  const std::uint8_t kValidation = kPublic, kTest = kPrivate;  // by their place
  std::vector<SmallRow> rows;
  addRows(rows, 10, 0, kTrain);
  addRows(rows, 3, 0, kTest);
  const Split alone = cut(ofOwnParts(rows), protocol("original"));
  EXPECT_EQ(alone.train.size(), 8U);
  EXPECT_EQ(alone.validation.size(), 2U);
  EXPECT_THAT(alone.test, ElementsAre(10, 11, 12));
  EXPECT_THAT(errorOf(ofOwnParts(rows), protocol("challenge")), HasSubstr("needs rows of usage validation,"));
  addRows(rows, 2, 0, kValidation);
  addRows(rows, 1, 0, kNoPart);
  for (const char* name : {"original", "challenge"}) {
    const Split split = cut(ofOwnParts(rows), protocol(name));
    EXPECT_THAT(split.train, ElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)) << name;
    EXPECT_THAT(split.validation, ElementsAre(13, 14)) << name;
    EXPECT_THAT(split.test, ElementsAre(10, 11, 12)) << name;
    EXPECT_THAT(split.unused, ElementsAre(15)) << name;
  }
}

TEST(FractionsProtocol, CutsEachClassAtRoundedBoundariesAndUsesAllRows) {
  std::vector<SmallRow> rows;
  addRows(rows, 17, 0, kNoPart);
  addRows(rows, 6, 1, kNoPart);
  const Dataset dataset = test::smallDataset({"a", "b"}, rows);
  DataOptions options = protocol("fractions");
  options.fractions = {0.5, 0.25, 0.25};
  const Split split = cut(dataset, options);
  expectPartition(split, 23);
  EXPECT_TRUE(split.unused.empty());
  // 17 rows: cut at round(8.5) = 9 and round(12.75) = 13; 6 rows: at 3 and round(4.5) = 5.
  EXPECT_EQ(rowsOfClass(dataset, split.train, 0), 9U);
  EXPECT_EQ(rowsOfClass(dataset, split.validation, 0), 4U);
  EXPECT_EQ(rowsOfClass(dataset, split.test, 0), 4U);
  EXPECT_EQ(rowsOfClass(dataset, split.train, 1), 3U);
  EXPECT_EQ(rowsOfClass(dataset, split.validation, 1), 2U);
  EXPECT_EQ(rowsOfClass(dataset, split.test, 1), 1U);
}

TEST(Cut, RefusesWhatLeavesAPartEmpty) {
  std::vector<SmallRow> rows;
  addRows(rows, 4, 0, kTrain);
  addRows(rows, 1, 0, kPublic);
  EXPECT_THAT(errorOf(test::smallDataset({"a"}, rows), protocol("original")),
              HasSubstr("some.csv: data.protocol=original leaves no row for the validation part"));
  DataOptions options = protocol("fractions");
  options.fractions = {1, 0, 0};
  EXPECT_THAT(errorOf(test::smallDataset({"a"}, rows), options), HasSubstr("no row for the validation part"));
  EXPECT_THAT(errorOf(test::smallDataset({"a"}, {}), options), HasSubstr("no row for the training part"));
}

TEST(Cut, RefusesMissingUsagesAndNamesTheWayOut) {
  struct Case {
    std::vector<std::uint8_t> usages;
    const char* protocol;
    const char* missing;
  };
  const Case cases[] = {
      {{kNoPart}, "original", "needs rows of usage Training, PublicTest or PrivateTest, and there are none"},
      {{kTrain}, "original", "needs rows of usage PublicTest or PrivateTest,"},
      {{kTrain}, "challenge", "needs rows of usage PublicTest, PrivateTest,"},
      {{kTrain, kPublic}, "challenge", "needs rows of usage PrivateTest,"},
      {{kTrain, kPrivate}, "refit", "needs rows of usage PublicTest,"},
      {{kTrain, kPublic}, "refit", "needs rows of usage PrivateTest,"},
      {{kPublic, kPrivate}, "challenge", "needs rows of usage Training,"},
  };
  for (const Case& c : cases) {
    std::vector<SmallRow> rows;
    for (const std::uint8_t part : c.usages) addRows(rows, 10, 0, part);
    const std::string message = errorOf(test::smallDataset({"a"}, rows), protocol(c.protocol));
    EXPECT_THAT(message, HasSubstr(c.missing));
    EXPECT_THAT(message, HasSubstr("data.protocol=fractions"));
  }
}

}  // namespace
}  // namespace fer::data
