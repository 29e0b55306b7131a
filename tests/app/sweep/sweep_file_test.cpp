#include "app/sweep/sweep_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fer/data/options.hpp"
#include "support/error_of.hpp"

namespace fer::app {
namespace {

using test::errorOf;
using testing::ElementsAre;
using testing::HasSubstr;

/// With a base, without which there is no sweep.
std::string withBase(const std::string& rest) {
  return R"({"base": "b.json", )" + rest + "}";
}

TEST(SweepFileText, SaysAllThatIsTried) {
  const SweepFile sweep = parseSweep(withBase(R"("set": {"train.batch_size": 16},
      "random": {"runs": 9, "seed": 4294967295, "a": {"log": [1e-4, 0.1]}, "b": {"int": [-2, 5]},
                 "c": {"choice": ["x", null]}, "d": {"uniform": [0, 0.5]}},
      "seeds": [2, 1], "halving": {"factor": 4, "first_epochs": 5, "epochs": 45}, "monitor": "val_accuracy")"),
                                     "s.json");
  EXPECT_EQ(sweep.base, "b.json");
  EXPECT_EQ(sweep.set.dump(), R"({"train.batch_size":16})");
  EXPECT_EQ(sweep.random_runs, 9);
  EXPECT_EQ(sweep.random_seed, 4294967295U);
  EXPECT_EQ(sweep.random.at("a").kind, Drawn::Kind::kLog);
  EXPECT_EQ(sweep.random.at("a").low, 1e-4);
  EXPECT_EQ(sweep.random.at("b").kind, Drawn::Kind::kInt);
  EXPECT_EQ(sweep.random.at("b").low, -2);
  EXPECT_THAT(sweep.random.at("c").choices, ElementsAre("x", nullptr));
  EXPECT_EQ(sweep.random.at("d").high, 0.5);
  EXPECT_THAT(sweep.seeds, ElementsAre(2U, 1U));
  EXPECT_EQ(sweep.halving->factor, 4);
  EXPECT_EQ(sweep.halving->first_epochs, 5);
  EXPECT_EQ(sweep.halving->epochs, 45);
  EXPECT_EQ(sweep.monitor, "val_accuracy");
}

TEST(SweepFileText, WhatItMayLeaveOut) {
  const SweepFile sweep = parseSweep(withBase(R"("random": {"runs": 1, "a": {"int": [1, 2]}})"), "s.json");
  EXPECT_EQ(sweep.random_seed, 1U);
  EXPECT_TRUE(sweep.seeds.empty());
  EXPECT_FALSE(sweep.halving);
  EXPECT_EQ(sweep.monitor, "val_loss");
  EXPECT_EQ(
      parseSweep(withBase(R"("seeds": [1], "halving": {"first_epochs": 2, "epochs": 4})"), "s.json").halving->factor,
      3);
}

TEST(SweepFileText, RefusesWhatIsNoSweep) {
  const struct {
    std::string text;
    const char* message;
  } cases[] = {
      {"", "s.json:1:1: not valid JSON"},
      {"[]", "s.json: expected an object, found []"},
      {R"({"seeds": [1]})", "s.json: base: it is missing"},
      {R"({"base": 7, "seeds": [1]})", "s.json: base: expected the path of a config file, found 7"},
      {R"({"base": "", "seeds": [1]})", "s.json: base: expected the path of a config file"},
      {R"({"base": "b.json"})", "s.json: nothing to try: give grid, random or seeds"},
      {withBase(R"("grids": {})"), "s.json: grids: unknown key (keys: base, set, grid, random, seeds"},
      {withBase(R"("seeds": [1], "seeds": [2])"), "stands twice"},
      {withBase(R"("set": [], "seeds": [1])"), "s.json: set: expected an object of keys, found []"},
      {withBase(R"("grid": {"a": [1]}, "random": {"runs": 1})"), "s.json: grid, random: give one of them"},

      {withBase(R"("grid": {})"), "s.json: grid: expected an object of keys with lists of values, found {}"},
      {withBase(R"("grid": {"a": []})"), "s.json: grid.a: expected a list of values, found []"},
      {withBase(R"("grid": {"a": 1})"), "s.json: grid.a: expected a list of values, found 1"},
      {withBase(R"("grid": {"a": [1, 2, 1]})"), "s.json: grid.a: 1 stands in it twice"},

      {withBase(R"("random": [])"), "s.json: random: expected an object, found []"},
      {withBase(R"("random": {"a": {"int": [1, 2]}})"), "s.json: random.runs: it is missing"},
      {withBase(R"("random": {"runs": 2})"), "s.json: random: it names no key to draw"},
      {withBase(R"("random": {"runs": 0, "a": {"int": [1, 2]}})"),
       "s.json: random.runs: expected a whole number from 1 to 10000, found 0"},
      {withBase(R"("random": {"runs": 1.5, "a": {"int": [1, 2]}})"), "random.runs: expected a whole number"},
      {withBase(R"("random": {"runs": 1, "seed": -1, "a": {"int": [1, 2]}})"),
       "s.json: random.seed: expected a whole number from 0 to 4294967295, found -1"},
      {withBase(R"("random": {"runs": 1, "seed": 18446744073709551615, "a": {"int": [1, 2]}})"),
       "random.seed: expected a whole number"},
      {withBase(R"("random": {"runs": 1, "a": [1, 2]})"), "s.json: random.a: expected {\"uniform\": [LOW, HIGH]}"},
      {withBase(R"("random": {"runs": 1, "a": {"normal": [0, 1]}})"), "s.json: random.a: expected {\"uniform\""},
      {withBase(R"("random": {"runs": 1, "a": {"int": [1, 2], "log": [1, 2]}})"), "random.a: expected {\"uniform\""},
      {withBase(R"("random": {"runs": 1, "a": {"uniform": [2, 2]}})"),
       "s.json: random.a.uniform: expected two numbers, the lower first, found [2,2]"},
      {withBase(R"("random": {"runs": 1, "a": {"uniform": [2, 1]}})"), "random.a.uniform: expected two numbers"},
      {withBase(R"("random": {"runs": 1, "a": {"uniform": [1]}})"), "random.a.uniform: expected two numbers"},
      {withBase(R"("random": {"runs": 1, "a": {"uniform": ["1", 2]}})"), "random.a.uniform: expected two numbers"},
      {withBase(R"("random": {"runs": 1, "a": {"log": [0, 1]}})"),
       "s.json: random.a.log: expected two numbers above 0, found [0,1]"},
      {withBase(R"("random": {"runs": 1, "a": {"int": [1, 2.5]}})"),
       "s.json: random.a.int: expected two whole numbers, the lower first, found [1,2.5]"},
      {withBase(R"("random": {"runs": 1, "a": {"int": [0, 9999999999]}})"), "random.a.int: expected two whole"},
      {withBase(R"("random": {"runs": 1, "a": {"choice": []}})"), "s.json: random.a.choice: expected a list of values"},
      {withBase(R"("random": {"runs": 1, "a": {"choice": ["x", "x"]}})"), "random.a.choice: \"x\" stands in it twice"},

      {withBase(R"("seeds": [])"), "s.json: seeds: expected a list of seeds, found []"},
      {withBase(R"("seeds": [1, 1])"), "s.json: seeds: 1 stands in it twice"},
      {withBase(R"("seeds": ["1"])"), "s.json: seeds: expected a whole number from 0 to 4294967295, found \"1\""},

      {withBase(R"("seeds": [1], "halving": {"epochs": 4})"), "s.json: halving.first_epochs: it is missing"},
      {withBase(R"("seeds": [1], "halving": {"first_epochs": 4})"), "s.json: halving.epochs: it is missing"},
      {withBase(R"("seeds": [1], "halving": {"eta": 3})"), "s.json: halving.eta: unknown key (keys: factor"},
      {withBase(R"("seeds": [1], "halving": {"first_epochs": 5, "epochs": 4})"),
       "s.json: halving.first_epochs: expected a whole number from 1 to 4, found 5"},
      {withBase(R"("seeds": [1], "halving": {"factor": 1, "first_epochs": 1, "epochs": 4})"),
       "s.json: halving.factor: expected a whole number from 2 to 1000, found 1"},
      {withBase(R"("seeds": [1], "monitor": "accuracy")"),
       "s.json: monitor: expected val_loss or val_accuracy, found \"accuracy\""},
  };
  for (const auto& c : cases)
    EXPECT_THAT(errorOf(Fault::kUsage, [&] { parseSweep(c.text, "s.json"); }), HasSubstr(c.message)) << c.text;
}

TEST(SweepFileText, ARunTooManyIsRefusedBeforeAnythingIsMade) {
  std::string values = "0";
  for (int i = 1; i < 101; ++i) values += "," + std::to_string(i);
  const std::string text = withBase(R"("grid": {"a": [)" + values + R"(], "b": [)" + values + "]}");
  EXPECT_THAT(errorOf(Fault::kUsage, [&] { parseSweep(text, "s.json"); }),
              HasSubstr("s.json: grid: more than 10000 combinations"));
}

/// Keys as configs have them.
std::string keysError(const std::string& rest) {
  data::AugmentOptions augment;
  int epochs = 1;
  std::uint32_t seed = 1;
  KeyTable table;
  describe(augment, table);
  table.add("train.epochs", &epochs, "", {1, 100});
  table.add("train.seed", &seed, "");
  return errorOf(Fault::kUsage, [&] { checkKeys(parseSweep(withBase(rest), "s.json"), table, "s.json"); });
}

TEST(SweepFileKeys, MustBeThoseOfConfigsWithValuesThatTheyTake) {
  const struct {
    const char* text;
    const char* message;
  } cases[] = {
      {R"("grid": {"augment.zoom": [0, 0.2]}, "set": {"train": {"epochs": 3}}, "seeds": [1])", "no error"},
      {R"("random": {"runs": 1, "train.epochs": {"int": [1, 100]}})", "no error"},
      {R"("grid": {"augment.zom": [0]})", "s.json: grid: augment.zom: unknown key; did you mean"},
      {R"("grid": {"augment": [{"zoom": 0}]})", "s.json: grid: augment: unknown key"},
      {R"("grid": {"augment.zoom": [0, "much"]})", "s.json: grid: augment.zoom: expected"},
      {R"("random": {"runs": 1, "train.epochs": {"int": [1, 101]}})", "s.json: random: train.epochs: expected"},
      {R"("random": {"runs": 1, "train.epochs": {"uniform": [1, 10]}})", "s.json: random: train.epochs: expected"},
      {R"("random": {"runs": 1, "train.epochs": {"choice": [1, 101]}})", "s.json: random: train.epochs: expected"},
      {R"("set": {"augment.zom": 0}, "seeds": [1])", "s.json: set: augment.zom: unknown key"},

      {R"("grid": {"augment.zoom": [0]}, "set": {"augment.zoom": 0})", "augment.zoom: \"set\" sets it, too"},
      {R"("grid": {"augment.zoom": [0]}, "set": {"augment": {"zoom": 0}})", "augment.zoom: \"set\" sets it, too"},
      {R"("grid": {"train.seed": [1]}, "seeds": [1])", "s.json: grid: train.seed: \"seeds\" sets it, too"},
      {R"("set": {"train": {"seed": 1}}, "seeds": [1])", "s.json: set: train.seed: \"seeds\" sets it, too"},
      {R"("random": {"runs": 1, "train.epochs": {"int": [1, 2]}}, "halving": {"first_epochs": 1, "epochs": 2})",
       "s.json: random: train.epochs: \"halving\" sets it, too"},
      {R"("seeds": [1], "set": {"train.epochs": 2}, "halving": {"first_epochs": 1, "epochs": 2})",
       "s.json: set: train.epochs: \"halving\" sets it, too"},
  };
  for (const auto& c : cases) EXPECT_THAT(keysError(c.text), HasSubstr(c.message)) << c.text;
}

}  // namespace
}  // namespace fer::app
