#include "fer/report/evaluation/mistakes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace fer::report {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Mistakes, TheSurestComeFirstThenTheLowerRow) {
  metrics::Evaluation evaluation;
  evaluation.classes = {"a", "b"};
  evaluation.rows = {40, 30, 20, 10, 5};
  evaluation.labels = {0, 0, 0, 0, 1};
  evaluation.probabilities = {0.2F, 0.8F, 0.1F, 0.9F, 0.9F, 0.1F, 0.2F, 0.8F, 0.3F, 0.7F};
  EXPECT_THAT(surestMistakes(evaluation), ElementsAre(1, 3, 0));
  EXPECT_THAT(surestMistakes(evaluation, 2), ElementsAre(1, 3));
  evaluation.labels = {1, 1, 0, 1, 1};
  EXPECT_THAT(surestMistakes(evaluation), IsEmpty());
  evaluation.labels.pop_back();
  EXPECT_THROW(surestMistakes(evaluation), std::invalid_argument);
}

}  // namespace
}  // namespace fer::report
