#include "fer/core/config/config.hpp"
#include "fer/core/text/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>

#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "support/temp_folder.hpp"

namespace fer {
namespace {

using ::testing::HasSubstr;

struct Options {
  bool flag = false;
  int count = 3;
  std::uint32_t seed = 42;
  double lr = 0.001;
  std::optional<double> limit;
  std::string name = "adam";
  std::string free = "x";
  std::vector<double> range{0.2, 1.2};
  std::vector<std::string> classes{"a"};

  KeyTable table() {
    KeyTable keys;
    keys.add("train.flag", &flag, "a flag");
    keys.add("train.count", &count, "a count", {1, 10});
    keys.add("train.seed", &seed, "a seed");
    keys.add("train.optimiser.lr", &lr, "a rate", {0, 1, true});
    keys.add("train.limit", &limit, "a limit, if any", {0, 5});
    keys.addChoice("train.optimiser.name", name, "a choice", {"adam", "sgd"});
    keys.add("free", &free, "a text");
    keys.addList("range", range, "two numbers", 2, {0, 100});
    keys.add("classes", &classes, "names");
    return keys;
  }
};

std::string errorOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::kUsage) << error.what();
    return error.what();
  }
  return "no error";
}

TEST(Config, ARunsOwnConfigIsAConfig) {
  const test::TempFolder folder;
  const auto apply = [&](const std::string& text) {
    Options options;
    writeFile(folder / "config.json", text);
    applyConfigFile(options.table(), folder / "config.json");
    return options.count;
  };
  EXPECT_EQ(apply(R"({"schema": 1, "train": {"count": 7}})"), 7);
  EXPECT_EQ(apply(R"({"schema": )" + std::to_string(kConfigSchema) + "}"), 3);
  for (const char* wrong : {"0", "99", "1.5", "\"4\"", "18446744073709551615"})
    EXPECT_THAT(errorOf([&] { apply(std::string(R"({"schema": )") + wrong + "}"); }),
                HasSubstr("config.json: schema: expected a whole number from 1 to"))
        << wrong;
}

TEST(Config, SetsEveryKindOfKey) {
  Options options;
  applyConfig(options.table(),
              nlohmann::json::parse(R"({"train": {"flag": true, "count": 7, "seed": 4294967295, "limit": 2.5,
    "optimiser": {"lr": 1, "name": "sgd"}}, "free": "", "range": [0, 100], "classes": ["p", "q"]})"),
              "file.json");
  EXPECT_TRUE(options.flag);
  EXPECT_EQ(options.count, 7);
  EXPECT_EQ(options.seed, 4294967295U);
  EXPECT_EQ(options.lr, 1.0);
  EXPECT_EQ(options.limit, 2.5);
  EXPECT_EQ(options.name, "sgd");
  EXPECT_EQ(options.free, "");
  EXPECT_EQ(options.range, (std::vector<double>{0, 100}));
  EXPECT_EQ(options.classes, (std::vector<std::string>{"p", "q"}));
}

TEST(Config, SaysWhatIsWrongWhereAndWhatWasExpected) {
  const struct {
    const char* text;
    const char* message;
  } cases[] = {
      {R"({"train": {"optimiser": {"lrr": 1}}})",
       "c.json: train.optimiser.lrr: unknown key; did you mean lr? (keys: lr, name)"},
      {R"({"trian": {"count": 1}})",
       "c.json: trian: unknown key; did you mean train? (keys: train, free, range, classes)"},
      {R"({"train": {"count": 0}})", "c.json: train.count: expected a whole number >= 1 and <= 10, found 0"},
      {R"({"train": {"count": 2.5}})", "train.count: expected a whole number >= 1 and <= 10, found 2.5"},
      {R"({"train": {"count": "2"}})", "found \"2\""},
      {R"({"train": {"count": 99999999999999}})", "found 99999999999999"},
      {R"({"train": {"seed": -1}})", "train.seed: expected a whole number from 0 to 4294967295, found -1"},
      {R"({"train": {"optimiser": {"lr": 0}}})", "train.optimiser.lr: expected a number > 0 and <= 1, found 0"},
      {R"({"train": {"optimiser": {"name": "rms"}}})",
       "train.optimiser.name: expected one of adam, sgd, found \"rms\""},
      {R"({"train": {"limit": 6}})", "train.limit: expected null or a number >= 0 and <= 5, found 6"},
      {R"({"train": {"limit": "2"}})", "train.limit: expected null or a number >= 0 and <= 5, found \"2\""},
      {R"({"train": {"flag": 1}})", "train.flag: expected true or false, found 1"},
      {R"({"train": 5})", "train: expected an object of keys, found 5"},
      {R"({"range": [1]})", "range: expected a list of 2 numbers >= 0 and <= 100, found [1]"},
      {R"({"range": [1, 101]})", "found [1,101]"},
      {R"({"classes": "a"})", "classes: expected a list of texts, found \"a\""},
      {R"({"free": null})", "free: expected a text, found null"},
      {R"([1])", "expected a JSON object"},
  };
  for (const auto& c : cases) {
    Options options;
    EXPECT_THAT(errorOf([&] { applyConfig(options.table(), nlohmann::json::parse(c.text), "c.json"); }),
                HasSubstr(c.message));
  }
}

TEST(Config, AssignmentsAreJsonOrBareText) {
  Options options;
  const KeyTable table = options.table();
  applyAssignment(table, "train.count=5");
  applyAssignment(table, "train.flag=true");
  applyAssignment(table, "train.optimiser.name=sgd");
  applyAssignment(table, "free=a=b");
  applyAssignment(table, "range=[1,2]");
  EXPECT_EQ(options.count, 5);
  EXPECT_TRUE(options.flag);
  EXPECT_EQ(options.name, "sgd");
  EXPECT_EQ(options.free, "a=b");
  EXPECT_EQ(options.range, (std::vector<double>{1, 2}));
  applyAssignment(table, "free=5");  // a text key takes any text
  EXPECT_EQ(options.free, "5");
  EXPECT_THAT(errorOf([&] { applyAssignment(table, "train.count"); }), HasSubstr("expected key=value"));
  EXPECT_THAT(errorOf([&] { applyAssignment(table, "train.cuont=5"); }), HasSubstr("did you mean count?"));
  EXPECT_THAT(errorOf([&] { applyAssignment(table, "train.count=five"); }), HasSubstr("found \"five\""));
  EXPECT_THAT(errorOf([&] { applyAssignment(table, "train=5"); }), HasSubstr("unknown key"));
  EXPECT_THAT(errorOf([&] { applyAssignment(table, "train.count=\xff"); }), HasSubstr("expected a whole number"));
  EXPECT_THAT(errorOf([&] { applyAssignment(table, "range=" + std::string(50000, '[')); }), HasSubstr("[[[..."));
}

TEST(Config, NullUnsetsAnOptionalNumber) {
  Options options;
  const KeyTable table = options.table();
  EXPECT_EQ(configJson(table)["train"]["limit"], nullptr);
  applyAssignment(table, "train.limit=2");
  EXPECT_EQ(options.limit, 2.0);
  EXPECT_EQ(configJson(table)["train"]["limit"], 2.0);
  applyAssignment(table, "train.limit=null");
  EXPECT_EQ(options.limit, std::nullopt);
}

TEST(Config, WritesWhatItReads) {
  Options options;
  options.lr = 0.1 + 0.2;
  const std::string text = configJson(options.table()).dump();
  Options again;
  applyConfig(again.table(), nlohmann::json::parse(text), "again");
  EXPECT_EQ(again.lr, 0.1 + 0.2);
  EXPECT_EQ(configJson(again.table()).dump(), text);
}

TEST(Config, HelpNamesEveryKeyWithMeaningBoundsAndDefault) {
  Options options;
  const KeyTable table = options.table();
  const std::string help = configHelp(table);
  for (const Key& key : table.keys()) {
    EXPECT_THAT(help, HasSubstr(key.path));
    EXPECT_THAT(help, HasSubstr(key.meaning));
  }
  EXPECT_THAT(help, HasSubstr("a number > 0 and <= 1; default 0.001"));
  EXPECT_THAT(help, HasSubstr("null or a number >= 0 and <= 5; default null"));
  EXPECT_THAT(help, HasSubstr("one of adam, sgd; default \"adam\""));
}

TEST(ParseJson, PointsAtTheFault) {
  EXPECT_THAT(errorOf([] { parseJson("{\n  \"a\": 1,\n  \"b\" 2\n}", "f.json"); }),
              HasSubstr("f.json:3:7: not valid JSON"));
  EXPECT_THAT(errorOf([] { parseJson("", "f.json"); }), HasSubstr("f.json:1:1: not valid JSON"));
  EXPECT_THAT(errorOf([] { parseJson(R"({"a": {"b": 1, "b": 2}})", "f.json"); }),
              HasSubstr("the key \"b\" stands twice"));
  EXPECT_THAT(errorOf([] { parseJson(std::string(100000, '['), "f.json"); }),
              HasSubstr("nested deeper than 32 levels"));
  EXPECT_EQ(parseJson(R"({"a": {"b": 1}, "c": {"b": 2}})", "f.json")["c"]["b"], 2);
}

TEST(ConfigFiles, BasesAreAppliedFirstAndCirclesRefused) {
  const test::TempFolder folder;
  std::filesystem::create_directory(folder / "sub");
  writeFile(folder / "base.json", R"({"train": {"count": 2, "seed": 1}})");
  writeFile(folder / "middle.json", R"({"base": "base.json", "train": {"count": 3}})");
  writeFile(folder / "sub/top.json", R"({"base": "../middle.json", "free": "top"})");
  Options options;
  applyConfigFile(options.table(), folder / "sub/top.json");
  EXPECT_EQ(options.count, 3);
  EXPECT_EQ(options.seed, 1U);
  EXPECT_EQ(options.free, "top");
  writeFile(folder / "base.json", R"({"base": "sub/top.json"})");
  EXPECT_THAT(errorOf([&] { applyConfigFile(options.table(), folder / "middle.json"); }),
              HasSubstr("comes back to this file"));
  writeFile(folder / "base.json", R"({"base": 5})");
  EXPECT_THAT(errorOf([&] { applyConfigFile(options.table(), folder / "base.json"); }),
              HasSubstr("base: expected the path"));
  EXPECT_THAT(errorOf([&] { applyConfigFile(options.table(), folder / "none.json"); }),
              HasSubstr("none.json: cannot open"));
}

TEST(ConfigFiles, TakeSeveralBasesOfWhichTheLaterWins) {
  const test::TempFolder folder;
  writeFile(folder / "common.json", R"({"train": {"count": 1}, "free": "common"})");
  writeFile(folder / "model.json", R"({"base": "common.json", "free": "model"})");
  std::filesystem::create_directory(folder / "recipes");
  writeFile(folder / "recipes/fast.json", R"({"base": "../common.json", "train": {"count": 7}})");
  writeFile(folder / "mine.json", R"({"base": ["model.json", "recipes/fast.json"]})");
  Options options;
  applyConfigFile(options.table(), folder / "mine.json");
  EXPECT_EQ(options.count, 7);
  EXPECT_EQ(options.free, "model");  // common.json stands below both, once
  writeFile(folder / "mine.json", R"({"base": ["model.json", 5]})");
  EXPECT_THAT(errorOf([&] { applyConfigFile(options.table(), folder / "mine.json"); }),
              HasSubstr("base: expected the path of a config file, or a list of such, found [\"model.json\",5]"));
}

TEST(ConfigFiles, ABareBaseIsLookedForInTheProjectsConfigsToo) {
  const test::TempFolder folder;
  std::filesystem::create_directory(folder / "configs");
  writeFile(folder / "configs/shipped.json", R"({"train": {"count": 5}})");
  writeFile(folder / "mine.json", R"({"base": "shipped.json", "free": "mine"})");
  ::setenv("FER_CONFIGS", (folder / "configs").c_str(), 1);
  Options options;
  applyConfigFile(options.table(), folder / "mine.json");
  EXPECT_EQ(options.count, 5);
  EXPECT_EQ(options.free, "mine");
  writeFile(folder / "shipped.json", R"({"train": {"count": 7}})");
  applyConfigFile(options.table(), folder / "mine.json");
  EXPECT_EQ(options.count, 7) << "the one beside it comes first";
  writeFile(folder / "mine.json", R"({"base": "none.json"})");
  EXPECT_EQ(errorOf([&] { applyConfigFile(options.table(), folder / "mine.json"); }),
            (folder / "mine.json").string() + ": base: no such file (looked for " + (folder / "none.json").string() +
                " and " + (folder / "configs/none.json").string() + ")");
  ::unsetenv("FER_CONFIGS");
}

TEST(ConfigFiles, ABareNameIsLookedForInTheProjectsConfigs) {
  EXPECT_EQ(findConfig("generic.json"), configsFolder() / "generic.json");
  EXPECT_THAT(errorOf([] { findConfig("no_such.json"); }),
              HasSubstr("The project's configs are: compact.json, compact_200k.json, compact_50k.json, "));
  EXPECT_THAT(errorOf([] { findConfig("elsewhere/generic.json"); }), HasSubstr("no such file"));
}

}  // namespace
}  // namespace fer
