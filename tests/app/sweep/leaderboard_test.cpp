#include "app/sweep/leaderboard.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fer::app {
namespace {

using State = Standing::State;

/// Two keys whose last words differ, one of a text.
std::vector<Trial> fiveTrials() {
  std::vector<Trial> trials;
  for (const char* name : {"1", "2", "3", "4", "5"})
    trials.push_back({name, {{"augment.zoom", 0.1}, {"train.schedule.name", "cosine"}}});
  return trials;
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

}  // namespace
}  // namespace fer::app
