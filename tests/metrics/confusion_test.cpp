#include "fer/metrics/confusion.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>
#include <vector>

namespace fer::metrics {
namespace {

using Rows = std::vector<int>;

TEST(ConfusionMatrix, CountsTrueClassesInRowsAndPredictionsInColumns) {
  const ConfusionMatrix matrix(3, Rows{0, 0, 0, 1}, Rows{0, 1, 1, 2});
  EXPECT_EQ(matrix, ConfusionMatrix(3, {1, 2, 0, 0, 0, 1, 0, 0, 0}));
  EXPECT_EQ(matrix.at(0, 1), 2);
  EXPECT_EQ(matrix.labelled(0), 3);
  EXPECT_EQ(matrix.labelled(2), 0);
  EXPECT_EQ(matrix.predicted(2), 1);
  EXPECT_EQ(matrix.total(), 4);
  EXPECT_EQ(matrix.correct(), 1);
}

TEST(ConfusionMatrix, RefusesWhatIsNoClassificationOfRows) {
  EXPECT_THROW(ConfusionMatrix(2, Rows{0, 1}, Rows{0}), std::invalid_argument);
  EXPECT_THROW(ConfusionMatrix(2, Rows{2}, Rows{0}), std::invalid_argument);
  EXPECT_THROW(ConfusionMatrix(2, Rows{0}, Rows{2}), std::invalid_argument);
  EXPECT_THROW(ConfusionMatrix(2, Rows{-1}, Rows{0}), std::invalid_argument);
  EXPECT_THROW(ConfusionMatrix(2, Rows{0}, Rows{-1}), std::invalid_argument);
  EXPECT_THROW(ConfusionMatrix(2, {1, 2, 3}), std::invalid_argument);
  EXPECT_THROW(ConfusionMatrix(2, {1, 2, 3, -4}), std::invalid_argument);
  EXPECT_THROW(ConfusionMatrix(2, {1, 2, 3, 4}).at(2, 0), std::out_of_range);
  EXPECT_THROW(ConfusionMatrix(2, {1, 2, 3, 4}).at(0, 2), std::out_of_range);
}

TEST(MostProbable, IsTheFirstOfTheHighest) {
  const std::vector<float> probabilities{0.1F, 0.7F, 0.2F, 0.4F, 0.2F, 0.4F, 0.0F, 0.5F, 0.5F};
  EXPECT_THAT(mostProbable(probabilities, 3), testing::ElementsAre(1, 0, 1));
  EXPECT_TRUE(mostProbable({}, 3).empty());
}

TEST(MostProbable, RefusesBrokenRowsAndNaN) {
  const std::vector<float> four{0.1F, 0.2F, 0.3F, 0.4F};
  EXPECT_THROW(mostProbable(four, 3), std::invalid_argument);
  EXPECT_THROW(mostProbable(four, 0), std::invalid_argument);
  const std::vector<float> nan{0.5F, std::numeric_limits<float>::quiet_NaN()};
  EXPECT_THROW(mostProbable(nan, 2), std::invalid_argument);
}

}  // namespace
}  // namespace fer::metrics
