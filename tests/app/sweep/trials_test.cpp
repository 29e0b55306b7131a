#include "app/sweep/trials.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "app/sweep/trial_text.hpp"

namespace fer::app {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using Texts = std::vector<std::string>;

SweepFile sweepOf(const json& content) {
  json file{{"base", "compact.json"}};
  file.update(content);
  return parseSweep(file.dump(), "sweep.json");
}

Texts assignments(const SweepFile& sweep) {
  const std::vector<Trial> trials = trialsOf(sweep);
  Texts lines;
  for (const PlannedRun& run : runsOf(sweep, trials)) {
    lines.push_back(run.name + ":");
    for (const std::string& assignment : assignmentsOf(trials[run.trial], run)) lines.back() += " " + assignment;
  }
  return lines;
}

SweepFile drawn(int runs, int seed, const json& more = json::object()) {
  json random{{"runs", runs}, {"seed", seed}, {"train.optimiser.lr", {{"log", {1e-4, 1e-1}}}}};
  random.update(more);
  return sweepOf({{"random", random}});
}

json valueOf(const Trial& trial, const std::string& key) {
  for (const auto& [name, value] : trial.values)
    if (name == key) return value;
  return nullptr;
}

TEST(Trials, AGridIsEveryCombinationTheLastKeyFastest) {
  const SweepFile sweep = sweepOf(
      {{"grid", {{"train.batch_size", {16, 32}}, {"augment.zoom", {0, 0.2}}, {"train.schedule.name", {"cosine"}}}}});
  EXPECT_THAT(assignments(sweep),
              ElementsAre("1: augment.zoom=0 train.batch_size=16 train.schedule.name=\"cosine\"",
                          "2: augment.zoom=0 train.batch_size=32 train.schedule.name=\"cosine\"",
                          "3: augment.zoom=0.2 train.batch_size=16 train.schedule.name=\"cosine\"",
                          "4: augment.zoom=0.2 train.batch_size=32 train.schedule.name=\"cosine\""));
}

TEST(Trials, EachTrialIsTrainedOnceForEachSeed) {
  EXPECT_THAT(assignments(sweepOf({{"grid", {{"augment.zoom", {0, 0.2}}}}, {"seeds", {7, 1}}})),
              ElementsAre("1-seed7: augment.zoom=0 train.seed=7", "1-seed1: augment.zoom=0 train.seed=1",
                          "2-seed7: augment.zoom=0.2 train.seed=7", "2-seed1: augment.zoom=0.2 train.seed=1"));
  EXPECT_THAT(assignments(sweepOf({{"seeds", {3}}})), ElementsAre("1-seed3: train.seed=3"));
}

TEST(Trials, NumbersHaveAsManyDigitsAsTheLast) {
  const std::vector<Trial> trials = trialsOf(drawn(100, 1));
  EXPECT_EQ(trials.front().name, "001");
  EXPECT_EQ(trials.back().name, "100");
}

TEST(Trials, DrawsAreThoseOfTheirSeed) {
  const Texts first = assignments(drawn(20, 1));
  EXPECT_EQ(first, assignments(drawn(20, 1)));
  EXPECT_NE(first, assignments(drawn(20, 2)));
  EXPECT_EQ(std::set(first.begin(), first.end()).size(), 20U);
}

TEST(Trials, MoreRunsOrAnotherKeyLeaveTheDrawsAsTheyWere) {
  const std::vector<Trial> few = trialsOf(drawn(5, 1));
  const std::vector<Trial> many = trialsOf(drawn(50, 1, {{"augment.zoom", {{"uniform", {0, 0.3}}}}}));
  for (std::size_t i = 0; i < few.size(); ++i)
    EXPECT_EQ(valueOf(few[i], "train.optimiser.lr"), valueOf(many[i], "train.optimiser.lr"));
}

TEST(Trials, DrawsFillTheirRanges) {
  const std::vector<Trial> trials = trialsOf(drawn(1000, 3,
                                                   {{"augment.zoom", {{"uniform", {0.1, 0.3}}}},
                                                    {"train.schedule.warmup", {{"int", {2, 4}}}},
                                                    {"train.batch_size", {{"choice", {32, 64}}}}}));
  std::map<json, int> warmups;
  std::map<json, int> sizes;
  int below = 0;
  double zooms = 0;
  for (const Trial& trial : trials) {
    const auto lr = valueOf(trial, "train.optimiser.lr").get<double>();
    const auto zoom = valueOf(trial, "augment.zoom").get<double>();
    EXPECT_TRUE(lr >= 1e-4 && lr <= 1e-1 && zoom >= 0.1 && zoom <= 0.3) << lr << " " << zoom;
    below += lr < std::sqrt(1e-4 * 1e-1) ? 1 : 0;
    zooms += zoom / 1000;
    ++warmups[valueOf(trial, "train.schedule.warmup")];
    ++sizes[valueOf(trial, "train.batch_size")];
  }
  EXPECT_NEAR(below, 500, 80);    // half of the logarithms: five standard deviations of 1000 coins
  EXPECT_NEAR(zooms, 0.2, 0.01);  // 0.2 / sqrt(12 * 1000) is 0.0018
  EXPECT_THAT(warmups, ElementsAre(testing::Key(2), testing::Key(3), testing::Key(4)));
  EXPECT_THAT(sizes, ElementsAre(testing::Key(32), testing::Key(64)));
  for (const auto& [value, count] : warmups) EXPECT_NEAR(count, 333, 75) << value;
}

TEST(Trials, NumbersKeepFourDigitsAndStayInTheirRange) {
  EXPECT_EQ(drawnNumber(Drawn::Kind::kLog, 0.000123456), 0.0001235);
  EXPECT_EQ(drawnNumber(Drawn::Kind::kUniform, 0.2), 0.2);
  EXPECT_EQ(drawnNumber(Drawn::Kind::kInt, 7).dump(), "7");
  const json narrow{{"augment.zoom", {{"uniform", {0.123451, 0.123452}}}}};  // rounded it would be 0.1235
  for (const Trial& trial : trialsOf(drawn(10, 1, narrow))) {
    const auto zoom = valueOf(trial, "augment.zoom").get<double>();
    EXPECT_TRUE(zoom >= 0.123451 && zoom <= 0.123452) << zoom;
  }
}

TEST(TrialText, SaysItsValues) {
  EXPECT_EQ(valuesText({"1", {{"augment.zoom", 0.5}, {"model.name", "compact"}}}), "zoom=0.5 name=compact");
  EXPECT_EQ(valuesText({"1", {}}), "the config as it is");
}

TEST(TrialText, KeysAreShortWhereTheyAreAlone) {
  EXPECT_THAT(shortNames({"train.optimiser.name", "train.schedule.name", "augment.zoom"}),
              ElementsAre("train.optimiser.name", "train.schedule.name", "zoom"));
}

}  // namespace
}  // namespace fer::app
