#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "fer/data/audit.hpp"
#include "fer/data/csv/fer_csv.hpp"
#include "fer/data/protocol.hpp"
#include "fer/data/training_data.hpp"

namespace fer::data {
namespace {

constexpr std::size_t kTraining = 0;
constexpr std::size_t kPublicTest = 1;
constexpr std::size_t kPrivateTest = 2;

/// Known figures of the real dataset. Its path comes from the environment variable FER2013_CSV.
class Fer2013 : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* path = std::getenv("FER2013_CSV");
    if (path == nullptr) GTEST_SKIP() << "set FER2013_CSV to the path of fer2013.csv for this test";
    options_.path = path;
  }
  DataOptions options_;
};

TEST_F(Fer2013, HasTheKnownDuplicates) {
  const Audit result = audit(loadDataset(options_).dataset);
  EXPECT_EQ(result.duplicate_groups.size(), 1514U);
  EXPECT_EQ(result.conflicting_groups.size(), 56U);
  EXPECT_EQ(result.constant_images.size(), 12U);
  EXPECT_EQ(result.extra_copies_within[kTraining], 1234U);
  EXPECT_EQ(result.extra_copies_within[kPublicTest], 26U);
  EXPECT_EQ(result.extra_copies_within[kPrivateTest], 17U);
  EXPECT_EQ(result.rows_also_in[kPrivateTest][kTraining], 288U);
  EXPECT_EQ(result.rows_also_in_same_label[kPrivateTest][kTraining], 280U);
  EXPECT_EQ(result.rows_also_in[kPublicTest][kTraining], 280U);
  EXPECT_EQ(result.rows_also_in[kPrivateTest][kPublicTest], 44U);
}

TEST_F(Fer2013, IsCutAsTheOriginalDid) {
  const TrainingData data = loadForTraining(options_);
  EXPECT_EQ(data.train.size(), 22965U);
  EXPECT_EQ(data.validation.size(), 5741U);
  EXPECT_EQ(data.test_rows, 7178U);
  EXPECT_EQ(data.unused_rows, 3U);
  EXPECT_EQ(data.dataset.size(), 28706U);
  for (std::size_t row = 0; row < data.dataset.size(); ++row) ASSERT_EQ(data.dataset.part(row), kTraining);
  // At most the rows of both test usages that stand anywhere in Training, of which a fifth validates.
  EXPECT_GT(data.overlap.test_in_train, 400U);
  EXPECT_LE(data.overlap.test_in_train, 568U);
}

TEST_F(Fer2013, IsCutIntoEvenFoldsWithoutCopiesBetweenThem) {
  options_.protocol = "kfold";
  const Dataset dataset = loadDataset(options_).dataset;
  std::vector<std::vector<int>> folds;
  for (options_.fold = 0; options_.fold < options_.folds; ++options_.fold) {
    const Split split = cut(dataset, options_);
    EXPECT_EQ(split.test.size(), 3589U);
    EXPECT_EQ(split.unused.size(), 3589U);
    EXPECT_EQ(split.train.size() + split.validation.size(), 28709U);
    EXPECT_EQ(overlap(dataset, split).validation_in_train, 0U);
    folds.emplace_back(dataset.classes().size());
    for (const std::uint32_t row : split.validation) ++folds.back()[static_cast<std::size_t>(dataset.label(row))];
  }
  for (std::size_t label = 0; label < dataset.classes().size(); ++label) {
    const auto [fewest, most] = std::minmax_element(folds.begin(), folds.end(),
                                                    [&](const auto& a, const auto& b) { return a[label] < b[label]; });
    EXPECT_LE((*most)[label] - (*fewest)[label], 1) << dataset.classes()[label];
  }
}

TEST_F(Fer2013, LeaksIntoTheChallengesTestAsKnown) {
  options_.protocol = "challenge";
  const Dataset dataset = loadDataset(options_).dataset;
  const Split split = cut(dataset, options_);
  const std::vector<bool> leaked = standIn(dataset, split.test, split.train);
  EXPECT_EQ(std::accumulate(leaked.begin(), leaked.end(), 0), 288);
  EXPECT_EQ(split.test.size() - 288, 3301U);
  EXPECT_EQ(overlap(dataset, split).test_in_train, 288U);
  EXPECT_EQ(overlap(dataset, split).validation_in_train, 280U);
}

}  // namespace
}  // namespace fer::data
