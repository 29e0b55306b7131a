#include "app/sweep/standing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <utility>

namespace fer::app {
namespace {

using State = Standing::State;
using testing::ElementsAre;

report::History historyOf(std::vector<double> loss, std::vector<double> accuracy) {
  report::History history;
  history.epochs.reserve(loss.size());
  for (std::size_t i = 0; i < loss.size(); ++i) history.epochs.push_back(static_cast<double>(i));
  history.loss.validation = std::move(loss);
  history.accuracy.validation = std::move(accuracy);
  return history;
}

std::vector<std::size_t> trialsIn(const std::vector<Standing>& standings) {
  std::vector<std::size_t> trials;
  trials.reserve(standings.size());
  for (const Standing& standing : standings) trials.push_back(standing.trial);
  return trials;
}

TEST(Standing, AScoreIsTheBestEpochOfTheFirstSoMany) {
  const double nan = std::nan("");
  const report::History history = historyOf({2, nan, 1, 1, 0.5}, {0.3, 0.9, 0.4, 0.6, 0.6});
  const auto loss = scoreOf(history, 4, "val_loss");
  EXPECT_EQ(loss->loss, 1);
  EXPECT_EQ(loss->accuracy, 0.4);  // the earlier of two equals
  EXPECT_EQ(loss->epochs, 4);
  EXPECT_EQ(scoreOf(history, 99, "val_loss")->loss, 0.5);
  EXPECT_EQ(scoreOf(history, 99, "val_loss")->epochs, 5);
  EXPECT_EQ(scoreOf(history, 1, "val_accuracy")->accuracy, 0.3);
  EXPECT_EQ(scoreOf(history, 5, "val_accuracy")->accuracy, 0.9);
  EXPECT_FALSE(scoreOf(historyOf({nan}, {0.5}), 1, "val_loss"));
  EXPECT_FALSE(scoreOf(historyOf({}, {}), 1, "val_loss"));
}

TEST(Standing, RanksByTheMeanOverSeedsThenWhatIsNotFinishedThenWhatFailed) {
  const std::vector<Standing> standings{{0, State::kFailed, {{0.1, 0.9, 3}}, "out of memory"},
                                        {1, State::kUnfinished, {{0.1, 0.9, 3}}, ""},
                                        {2, State::kCut, {{0.9, 0.5, 3}, {0.5, 0.3, 3}}, ""},        // 0.7 and 0.4
                                        {3, State::kFinished, {{0.2, 0.4, 9}, {0.8, 0.2, 9}}, ""},   // 0.5 and 0.3
                                        {4, State::kFinished, {{0.7, 0.4, 9}, {0.7, 0.4, 9}}, ""}};  // as trial 3
  EXPECT_THAT(trialsIn(ranked(standings, "val_loss")), ElementsAre(3, 2, 4, 1, 0));
  EXPECT_THAT(trialsIn(ranked(standings, "val_accuracy")), ElementsAre(2, 4, 3, 1, 0));
}

TEST(Standing, AmongEqualsTheOtherValueDecidesThenTheOrder) {
  const std::vector<Standing> standings{{0, State::kFinished, {{0.9, 0.5, 3}}, ""},
                                        {1, State::kFinished, {{0.7, 0.5, 3}}, ""},
                                        {2, State::kFinished, {{0.7, 0.6, 3}}, ""},
                                        {3, State::kFinished, {{0.7, 0.5, 3}}, ""}};
  EXPECT_THAT(trialsIn(ranked(standings, "val_accuracy")), ElementsAre(2, 1, 3, 0));
  EXPECT_THAT(trialsIn(ranked(standings, "val_loss")), ElementsAre(2, 1, 3, 0));
}

}  // namespace
}  // namespace fer::app
