#include "fer/data/training_data.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "fer/core/error.hpp"
#include "support/small_dataset.hpp"

namespace fer::data {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Test and unused rows hold the byte 'T', the others do not; row 3 is also a training image.
Dataset challengeRows() {
  return test::smallDataset({"a", "b"}, {{"TTTT", 0, kPrivateTest},
                                         {"bbbb", 0, kTraining},
                                         {"cccc", 1, kPublicTest},
                                         {"bbbb", 1, kPrivateTest},
                                         {"dddd", 1, kTraining},
                                         {"bbbb", 0, kPublicTest},
                                         {"TTTT", 1, kPrivateTest},
                                         {"nTnT", 1, kNoPart}});
}

DataOptions challenge() {
  DataOptions options;
  options.protocol = "challenge";
  return options;
}

TEST(TrainingData, KeepsTrainAndValidationRowsInFileOrder) {
  const TrainingData data = keepTrainingRows(challengeRows(), challenge());
  EXPECT_THAT(data.dataset.columns().row_ids, ElementsAre(1, 2, 4, 5));
  EXPECT_THAT(data.train, ElementsAre(0, 2));
  EXPECT_THAT(data.validation, ElementsAre(1, 3));
  EXPECT_THAT(data.dataset.columns().labels, ElementsAre(0, 1, 1, 0));
  EXPECT_THAT(data.dataset.pixels(2), ElementsAre('d', 'd', 'd', 'd'));
}

TEST(TrainingData, KeepsValidationRowsOnceWhereTheyTrainToo) {
  DataOptions refit;
  refit.protocol = "refit";
  const TrainingData data = keepTrainingRows(challengeRows(), refit);
  EXPECT_THAT(data.dataset.columns().row_ids, ElementsAre(1, 2, 4, 5));
  EXPECT_THAT(data.train, ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(data.validation, ElementsAre(1, 3));
  EXPECT_EQ(data.overlap.validation_in_train, 2U);
  EXPECT_EQ(data.test_rows, 3U);
}

TEST(TrainingData, TellsWhatWasLeftOut) {
  const TrainingData data = keepTrainingRows(challengeRows(), challenge());
  EXPECT_EQ(data.test_rows, 3U);
  EXPECT_EQ(data.unused_rows, 1U);
  EXPECT_EQ(data.overlap.test_in_train, 1U);
  EXPECT_EQ(data.overlap.validation_in_train, 1U);
  EXPECT_EQ(data.data_hash, dataHash(challengeRows()));
}

TEST(TrainingData, NamesClassesWithoutATrainingRow) {
  EXPECT_THAT(keepTrainingRows(challengeRows(), challenge()).untrained_classes, ElementsAre());
  Dataset dataset = test::smallDataset({"a", "b", "c"},
                                       {{"aaaa", 1, kTraining}, {"bbbb", 0, kPublicTest}, {"cccc", 2, kPrivateTest}});
  EXPECT_THAT(keepTrainingRows(std::move(dataset), challenge()).untrained_classes, ElementsAre("a", "c"));
}

TEST(TrainingData, HoldsNoTestPixelInItsBlock) {
  Dataset whole = challengeRows();
  const std::uint8_t* const block = whole.columns().pixels.data();
  const TrainingData data = keepTrainingRows(std::move(whole), challenge());
  const std::vector<std::uint8_t>& pixels = data.dataset.columns().pixels;
  ASSERT_EQ(pixels.data(), block) << "the block was copied: the old one may still stand in memory";
  ASSERT_GE(pixels.capacity(), 8U * 4U) << "the block with room for all rows, those left out included";
  EXPECT_EQ(std::count(block, block + std::size_t{8} * 4, 'T'), 0);
}

TEST(LoadDataset, TellsWhereToGetAMissingOne) {
  DataOptions options;
  options.path = "no/such/faces.csv";
  try {
    loadForTraining(options);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::kData);
    for (const char* part : {"no/such/faces.csv: ", "Kaggle", "fer2013.csv", "icml_face_data.csv", "--data",
                             "fer-data synth no/such/faces.csv --rows 3000"})
      EXPECT_THAT(error.what(), HasSubstr(part));
  }
}

}  // namespace
}  // namespace fer::data
