#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "fer/core/error.hpp"
#include "fer/data/protocol.hpp"
#include "fer/data/training_data.hpp"
#include "support/error_of.hpp"
#include "support/small_dataset.hpp"

namespace fer::data {
namespace {

using Rows = std::vector<std::uint32_t>;
using test::SmallRow;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::uint32_t kSeed = 42;

/// The reference's folds: tests/oracles/sklearn_folds.py.
nlohmann::json oracle() {
  std::ifstream file(FER_FIXTURES "/sklearn_folds.json");
  return nlohmann::json::parse(file);
}

/// So many training rows of each class, no two alike.
Dataset distinct(const std::vector<int>& counts) {
  std::vector<std::string> images;
  std::vector<SmallRow> rows;
  for (std::size_t label = 0; label < counts.size(); ++label)
    for (int i = 0; i < counts[label]; ++i) rows.push_back({"", static_cast<int>(label), kTraining});
  images.reserve(rows.size());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    images.push_back({static_cast<char>(row), static_cast<char>(row >> 8)});
    rows[row].image = images.back();
  }
  std::vector<std::string> classes;
  for (std::size_t label = 0; label < counts.size(); ++label) classes.push_back(std::to_string(label));
  return test::smallDataset(std::move(classes), rows);
}

std::vector<int> classCounts(const Dataset& dataset, const Rows& rows) {
  std::vector<int> counts(dataset.classes().size());
  for (const std::uint32_t row : rows) ++counts[static_cast<std::size_t>(dataset.label(row))];
  return counts;
}

DataOptions kfold(int folds, int fold) {
  DataOptions options;
  options.path = "some.csv";
  options.protocol = "kfold";
  options.folds = folds;
  options.fold = fold;
  return options;
}

/// Ten training images, of which 3 and 6 are equal, two of PublicTest and two of PrivateTest.
Dataset fourteenRows() {
  return test::smallDataset({"a", "b"}, {{"a", 0, kTraining},
                                         {"b", 0, kTraining},
                                         {"c", 1, kTraining},
                                         {"d", 0, kTraining},
                                         {"e", 1, kTraining},
                                         {"f", 0, kTraining},
                                         {"d", 1, kTraining},
                                         {"g", 1, kTraining},
                                         {"h", 1, kTraining},
                                         {"i", 0, kTraining},
                                         {"x", 0, kPublicTest},
                                         {"y", 1, kPublicTest},
                                         {"d", 0, kPrivateTest},
                                         {"z", 1, kPrivateTest}});
}

std::string cutError(const Dataset& dataset, const DataOptions& options) {
  return test::errorOf(Fault::kData, [&] { cut(dataset, options); });
}

TEST(Folds, HaveTheSizesOfScikitLearns) {
  const nlohmann::json cases = oracle()["sizes"];
  ASSERT_EQ(cases.size(), 7U);
  for (const nlohmann::json& c : cases) {
    const Dataset dataset = distinct(c["classes"]);
    std::vector<std::vector<int>> sizes;
    Rows all;
    for (const Rows& fold : foldsOf(dataset, c["folds"], kSeed)) {
      EXPECT_TRUE(std::is_sorted(fold.begin(), fold.end()));
      sizes.push_back(classCounts(dataset, fold));
      all.insert(all.end(), fold.begin(), fold.end());
    }
    EXPECT_EQ(nlohmann::json(sizes), c["sizes"]) << c["classes"] << " in " << c["folds"];
    EXPECT_EQ(std::set<std::uint32_t>(all.begin(), all.end()).size(), dataset.size());
    EXPECT_EQ(all.size(), dataset.size());
  }
}

// A change of the stream, the shuffle or the dealing would silently make every earlier run incomparable.
TEST(Folds, StayAsTheyAre) {
  const nlohmann::json c = oracle()["rows"][0];
  const std::string images = c["images"];
  std::vector<SmallRow> rows;
  for (std::size_t row = 0; row < images.size(); ++row)
    rows.push_back({std::string_view(images).substr(row, 1), c["labels"][row], kTraining});
  EXPECT_EQ(nlohmann::json(foldsOf(test::smallDataset({"a", "b"}, rows), c["folds"], c["seed"])), c["rows"]);
}

TEST(Folds, KeepCopiesTogetherAndStayEven) {
  std::string images(200, 'x');  // a fifth of the rows are copies of three images, of both classes
  for (std::size_t row = 0; row < images.size(); ++row) images[row] = static_cast<char>(row % 5 == 3 ? row / 70 : row);
  std::vector<SmallRow> rows;
  for (std::size_t row = 0; row < images.size(); ++row)
    rows.push_back({std::string_view(images).substr(row, 1), static_cast<int>(row / 5 % 2), kTraining});
  const Dataset dataset = test::smallDataset({"a", "b"}, rows);
  const std::vector<Rows> folds = foldsOf(dataset, 4, kSeed);
  for (std::size_t one = 0; one < folds.size(); ++one) {
    EXPECT_THAT(classCounts(dataset, folds[one]), ElementsAre(25, 25)) << one;
    for (std::size_t other = 0; other < one; ++other)
      EXPECT_THAT(standIn(dataset, folds[one], folds[other]), testing::Each(false));
  }
}

TEST(Folds, DependOnTheSeed) {
  const Dataset dataset = distinct({40, 30});
  EXPECT_EQ(foldsOf(dataset, 5, 1), foldsOf(dataset, 5, 1));
  EXPECT_NE(foldsOf(dataset, 5, 1), foldsOf(dataset, 5, 2));
  EXPECT_THROW(foldsOf(dataset, 1, 1), std::invalid_argument);
}

TEST(KfoldProtocol, ValidatesOnOneFoldAndTestsOnPrivateTest) {
  const Dataset dataset = fourteenRows();
  const std::vector<Rows> folds = foldsOf(dataset, 3, kSeed);
  Rows validated;
  for (int fold = 0; fold < 3; ++fold) {
    const Split split = cut(dataset, kfold(3, fold));
    EXPECT_EQ(split.validation, folds[static_cast<std::size_t>(fold)]);
    EXPECT_EQ(split.train.size() + split.validation.size(), 10U);
    EXPECT_TRUE(std::is_sorted(split.train.begin(), split.train.end()));
    EXPECT_EQ(overlap(dataset, split).validation_in_train, 0U);
    EXPECT_THAT(split.test, ElementsAre(12, 13));
    EXPECT_THAT(split.unused, ElementsAre(10, 11));
    validated.insert(validated.end(), split.validation.begin(), split.validation.end());
  }
  std::sort(validated.begin(), validated.end());
  EXPECT_THAT(validated, ElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
}

TEST(KfoldProtocol, TakesTrainAndTestOfOtherDatasets) {
  const Dataset fer = fourteenRows();
  const Dataset own(fer.shape(), fer.classes(), fer.columns(), ownParts());
  const Split split = cut(own, kfold(2, 0));
  EXPECT_EQ(split.validation.size(), 5U);
  EXPECT_THAT(split.test, ElementsAre(12, 13));
  EXPECT_THAT(split.unused, ElementsAre(10, 11));
}

TEST(KfoldProtocol, RefusesWhatCannotBeCut) {
  EXPECT_THAT(cutError(test::smallDataset({"a"}, {{"x", 0, kTraining}, {"y", 0, kPublicTest}}), kfold(2, 0)),
              HasSubstr("data.protocol=kfold needs rows of usage PrivateTest, and there are none"));
  EXPECT_THAT(cutError(test::smallDataset({"a"}, {{"x", 0, kNoPart}}), kfold(2, 0)),
              HasSubstr("needs rows of usage Training, PrivateTest, and"));
  EXPECT_THAT(cutError(test::smallDataset({"a"}, {{"x", 0, kTraining}, {"y", 0, kPrivateTest}}), kfold(2, 1)),
              HasSubstr("leaves no row for the validation part. Give more rows of each class or fewer data.folds."));
}

TEST(KfoldProtocol, NamesClassesThatAFoldLacks) {
  std::vector<SmallRow> rows{{"a", 0, kTraining}, {"b", 0, kTraining}, {"c", 0, kTraining},
                             {"d", 1, kTraining}, {"e", 1, kTraining}, {"f", 0, kPrivateTest}};
  std::size_t without = 0;
  for (int fold = 0; fold < 3; ++fold) {
    const TrainingData data = keepTrainingRows(test::smallDataset({"many", "two"}, rows), kfold(3, fold));
    if (data.unvalidated_classes.empty()) continue;
    EXPECT_THAT(data.unvalidated_classes, ElementsAre("two"));
    ++without;
  }
  EXPECT_EQ(without, 1U);
}

TEST(KfoldProtocol, RefusesAFoldThatIsNone) {
  const auto valid = [](const DataOptions& options) {
    try {
      validate(options, "x.json");
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::kUsage);
      return std::string(error.what());
    }
    return std::string("valid");
  };
  EXPECT_EQ(valid(kfold(3, 2)), "valid");
  EXPECT_EQ(valid(kfold(3, 3)), "x.json: data.fold: expected 0 to 2 (one of data.folds), found 3");
  DataOptions other = kfold(3, 3);
  other.protocol = "challenge";
  EXPECT_EQ(valid(other), "valid");
}

}  // namespace
}  // namespace fer::data
