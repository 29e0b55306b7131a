#include "app/sweep/leaderboard.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace fer::app {
namespace {

using State = Standing::State;
using testing::ElementsAre;

/// Two keys whose last words differ, one of a text.
std::vector<Trial> fiveTrials() {
  std::vector<Trial> trials;
  for (const char* name : {"1", "2", "3", "4", "5"})
    trials.push_back({name, {{"augment.zoom", 0.1}, {"train.schedule.name", "cosine"}}});
  return trials;
}

report::History historyOf(std::vector<double> loss, std::vector<double> accuracy) {
  report::History history;
  for (std::size_t i = 0; i < loss.size(); ++i) history.epochs.push_back(static_cast<double>(i));
  history.loss.validation = std::move(loss);
  history.accuracy.validation = std::move(accuracy);
  return history;
}

std::vector<std::size_t> order(const std::vector<Standing>& standings) {
  std::vector<std::size_t> trials;
  for (const Standing& standing : standings) trials.push_back(standing.trial);
  return trials;
}

TEST(Leaderboard, AScoreIsTheBestEpochOfTheFirstSoMany) {
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

TEST(Leaderboard, RanksByTheMeanOverSeedsThenWhatIsNotFinishedThenWhatFailed) {
  const std::vector<Standing> standings{{0, State::kFailed, {{0.1, 0.9, 3}}, "out of memory"},
                                        {1, State::kUnfinished, {{0.1, 0.9, 3}}, ""},
                                        {2, State::kCut, {{0.9, 0.5, 3}, {0.5, 0.3, 3}}, ""},        // 0.7 and 0.4
                                        {3, State::kFinished, {{0.2, 0.4, 9}, {0.8, 0.2, 9}}, ""},   // 0.5 and 0.3
                                        {4, State::kFinished, {{0.7, 0.4, 9}, {0.7, 0.4, 9}}, ""}};  // as trial 3
  EXPECT_THAT(order(ranked(standings, "val_loss")), ElementsAre(3, 2, 4, 1, 0));
  EXPECT_THAT(order(ranked(standings, "val_accuracy")), ElementsAre(2, 4, 3, 1, 0));
}

TEST(Leaderboard, IsACsvAndATable) {
  const std::vector<Standing> standings{{1, State::kFinished, {{0.25, 0.75, 9}, {0.75, 0.5, 8}}, ""},
                                        {0, State::kCut, {{1, 0.5, 3}, {1, 0.5, 3}}, ""},
                                        {2, State::kUnfinished, {}, ""},
                                        {3, State::kFailed, {}, "seed 1: no such file, \"a.csv\""}};
  EXPECT_EQ(leaderboardCsv(fiveTrials(), standings, "val_loss"),
            "rank,trial,state,val_loss,val_loss_min,val_loss_max,val_accuracy,seeds,epochs,augment.zoom,"
            "train.schedule.name,error\n"
            "1,2,finished,0.5,0.25,0.75,0.625,2,9,0.1,cosine,\n"
            "2,1,cut,1,1,1,0.5,2,3,0.1,cosine,\n"
            ",3,unfinished,,,,,,,0.1,cosine,\n"
            ",4,failed,,,,,,,0.1,cosine,\"seed 1: no such file, \"\"a.csv\"\"\"\n");
  EXPECT_EQ(leaderboardText(fiveTrials(), standings, "val_loss"),
            "rank  trial  val_loss                   val_accuracy  epochs  zoom  name    state\n"
            "1     2      0.5000 (0.2500 to 0.7500)  0.6250        9       0.1   cosine  finished\n"
            "2     1      1.0000 (1.0000 to 1.0000)  0.5000        3       0.1   cosine  cut\n"
            "-     3      -                          -             -       0.1   cosine  unfinished\n"
            "-     4      -                          -             -       0.1   cosine  failed: seed 1: no such file, "
            "\"a.csv\"\n");
}

TEST(Leaderboard, KeysAreShortWhereTheyAreAlone) {
  EXPECT_THAT(shortNames({"train.optimiser.name", "train.schedule.name", "augment.zoom"}),
              ElementsAre("train.optimiser.name", "train.schedule.name", "zoom"));
}

}  // namespace
}  // namespace fer::app
