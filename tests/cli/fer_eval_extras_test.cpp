#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "fer/core/files/files.hpp"
#include "fer/report/picture/sheet.hpp"
#include "support/small_run.hpp"

// fer-eval beyond one network on one split: test-time augmentation, robustness, calibration, cost, ensembles.
namespace fer::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
namespace fs = std::filesystem;

/// A project with two short runs, "one" and "two", alike but for the seed.
class FerEvalExtras : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    project_ = new SmallProject;
    for (const char* seed : {"1", "2"}) {
      const CommandResult trained =
          project_->run("fer-train", {"--config", "small.json", "--out", *seed == '1' ? "one" : "two", "--threads", "1",
                                      "--set", "train.epochs=1", "--set", std::string("train.seed=") + seed});
      ASSERT_EQ(trained.code, 0) << trained.err;
    }
  }
  static void TearDownTestSuite() {
    delete project_;
    project_ = nullptr;
  }
  /// With one thread: the networks are small, and a machine that tests is busy.
  static CommandResult eval(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--threads", "1"});
    return project_->run("fer-eval", arguments);
  }
  static std::string text(const std::string& name) { return readFile(*project_ / name, Fault::kData); }
  static nlohmann::json json(const std::string& name) { return nlohmann::json::parse(text(name)); }
  static bool exists(const std::string& name) { return fs::exists(*project_ / name); }

  /// How the run's test split was read, in order.
  static std::vector<std::string> reads(const std::string& run) {
    std::vector<std::string> found;
    if (!exists(run + "/test_reads.json")) return found;
    const nlohmann::json file = json(run + "/test_reads.json");
    for (const auto& read : file["reads"]) found.push_back(read["how"]);
    return found;
  }

  /// The probabilities of predictions.csv, row by row.
  static std::vector<double> probabilities(const std::string& folder) {
    std::istringstream lines(text(folder + "/predictions.csv"));
    std::string line;
    std::getline(lines, line);
    std::vector<double> found;
    while (std::getline(lines, line)) {
      std::istringstream fields(line);
      std::string field;
      for (int i = 0; std::getline(fields, field, ','); ++i)
        if (i >= 4) found.push_back(std::stod(field));
    }
    return found;
  }

  static SmallProject* project_;
};
SmallProject* FerEvalExtras::project_ = nullptr;

// The sequence of a careful user, and what it counts as.
TEST_F(FerEvalExtras, EveryEvaluationOfTheTestSplitIsCountedOnceWhateverItsOptions) {
  if (!report::picturesBuilt()) GTEST_SKIP() << "built without OpenCV";
  for (const char* run : {"one", "two"}) fs::remove(*project_ / run / "test_reads.json");
  const auto good = [](const std::vector<std::string>& arguments) {
    const CommandResult result = eval(arguments);
    EXPECT_EQ(result.code, 0) << result.err;
  };
  good({"--run", "one"});
  good({"--run", "one", "--tta", "flip"});
  good({"--run", "one", "--robustness", "--robustness-rows", "3"});
  good({"--run", "one", "--split", "validation", "--calibrate"});  // does not count
  good({"--run", "one", "--calibrate"});
  good({"--ensemble", "one", "two", "--out", "counted"});
  good({"--ensemble", "one", "two", "--out", "counted", "--split", "validation"});  // nor does this
  good({"--run", "counted", "--tta", "tencrop"});
  EXPECT_THAT(reads("one"), ElementsAre("plain", "tta flip", "robustness", "calibrate", "in the ensemble counted",
                                        "in the ensemble counted"));
  EXPECT_THAT(reads("two"), ElementsAre("in the ensemble counted", "in the ensemble counted"));
  EXPECT_THAT(reads("counted"), ElementsAre("plain", "tta tencrop"));
  EXPECT_EQ(json("one/eval/test/evaluation.json")["test_reads"], 4);
  EXPECT_EQ(json("counted/eval/test-tencrop/evaluation.json")["test_reads"], 2);
  EXPECT_EQ(json("one/eval/validation/evaluation.json")["test_reads"], 0);
}

TEST_F(FerEvalExtras, AMirroredImageCountsHalf) {
  ASSERT_EQ(eval({"--run", "one", "--split", "validation"}).code, 0);
  ASSERT_EQ(eval({"--run", "one", "--split", "validation", "--tta", "flip"}).code, 0);
  EXPECT_EQ(json("one/eval/validation/evaluation.json")["tta"], "none");
  EXPECT_EQ(json("one/eval/validation-flip/evaluation.json")["tta"], "flip");
  const std::vector<double> plain = probabilities("one/eval/validation");
  const std::vector<double> flipped = probabilities("one/eval/validation-flip");
  ASSERT_EQ(plain.size(), flipped.size());
  EXPECT_NE(plain, flipped);
  for (std::size_t i = 0; i < plain.size(); ++i) {  // (p + q) / 2 with q from 0 to 1
    EXPECT_GE(flipped[i], plain[i] / 2 - 1e-6);
    EXPECT_LE(flipped[i], (plain[i] + 1) / 2 + 1e-6);
  }
}

TEST_F(FerEvalExtras, AnEnsembleIsTheMeanOfItsMembers) {
  const CommandResult result = eval({"--ensemble", "one", "two", "--out", "deep/equal", "--split", "validation"});
  ASSERT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("one 0.500 two 0.500 (weights: equal)"));
  for (const char* run : {"one", "two"}) ASSERT_EQ(eval({"--run", run, "--split", "validation"}).code, 0);
  const std::vector<double> one = probabilities("one/eval/validation");
  const std::vector<double> two = probabilities("two/eval/validation");
  const std::vector<double> both = probabilities("deep/equal/eval/validation");
  ASSERT_EQ(both.size(), one.size());
  for (std::size_t i = 0; i < both.size(); ++i) EXPECT_NEAR(both[i], (one[i] + two[i]) / 2, 1e-6);
  const nlohmann::json stored = json("deep/equal/eval/validation/evaluation.json");
  EXPECT_EQ(stored["run"], "equal");
  EXPECT_EQ(stored["model"], "ensemble");
  EXPECT_EQ(stored["ensemble_weights"], "equal");
  EXPECT_EQ(stored["members"].size(), 2U);
  EXPECT_EQ(stored["parameters"], 2 * json("one/eval/validation/evaluation.json")["parameters"].get<int>());
  EXPECT_EQ(json("deep/equal/ensemble.json")["members"][0]["path"], "../../one");

  // Its folder is enough to evaluate it again, to the same bytes.
  const std::string before = text("deep/equal/eval/validation/predictions.csv");
  fs::remove_all(*project_ / "deep/equal/eval");
  ASSERT_EQ(eval({"--run", "deep/equal", "--split", "validation"}).code, 0);
  EXPECT_EQ(text("deep/equal/eval/validation/predictions.csv"), before);
}

TEST_F(FerEvalExtras, AnEnsembleIsMadeOfTheWeightsThatWereNamed) {
  const std::vector<std::string> last{"--split", "validation", "--checkpoint", "last"};
  const auto evalLast = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), last.begin(), last.end());
    const CommandResult result = eval(arguments);
    ASSERT_EQ(result.code, 0) << result.err;
  };
  evalLast({"--ensemble", "one", "two", "--out", "latest"});
  const std::vector<double> both = probabilities("latest/eval/validation");
  const std::string before = text("latest/eval/validation/predictions.csv");
  EXPECT_EQ(json("latest/ensemble.json")["members"][1]["weights"], "last");
  EXPECT_EQ(json("latest/eval/validation/evaluation.json")["weights"], "last");
  evalLast({"--run", "one"});
  evalLast({"--run", "two"});
  const std::vector<double> one = probabilities("one/eval/validation");
  const std::vector<double> two = probabilities("two/eval/validation");
  for (std::size_t i = 0; i < both.size(); ++i) EXPECT_NEAR(both[i], (one[i] + two[i]) / 2, 1e-6);

  ASSERT_EQ(eval({"--run", "latest", "--split", "validation"}).code, 0);
  EXPECT_EQ(text("latest/eval/validation/predictions.csv"), before);
  EXPECT_EQ(json("latest/eval/validation/evaluation.json")["weights"], "last");
  const CommandResult best = eval({"--ensemble", "one", "two", "--out", "latest", "--split", "validation"});
  EXPECT_EQ(best.code, 2);
  EXPECT_THAT(best.err, HasSubstr("another ensemble stands there"));
}

TEST_F(FerEvalExtras, WeightsFittedOnValidationAreKeptAndUsed) {
  ASSERT_EQ(
      eval({"--ensemble", "one", "two", "--out", "fitted", "--ensemble-weights", "validation", "--split", "validation"})
          .code,
      0);
  const nlohmann::json file = json("fitted/ensemble.json");
  EXPECT_EQ(file["weighting"], "validation");
  EXPECT_EQ(file["validation_rows"], 23);
  const double first = file["members"][0]["weight"];
  const double second = file["members"][1]["weight"];
  EXPECT_NEAR(first + second, 1, 1e-6);
  EXPECT_NE(first, second);
  const std::vector<double> one = probabilities("one/eval/validation");
  const std::vector<double> two = probabilities("two/eval/validation");
  const std::vector<double> both = probabilities("fitted/eval/validation");
  for (std::size_t i = 0; i < both.size(); ++i) EXPECT_NEAR(both[i], first * one[i] + second * two[i], 1e-6);
  EXPECT_EQ(reads("fitted"), std::vector<std::string>{});
}

TEST_F(FerEvalExtras, CalibrationAndCostAreStored) {
  const CommandResult result =
      eval({"--run", "one", "--split", "validation", "--tta", "flip", "--calibrate", "--cost"});
  ASSERT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("temperature "));
  EXPECT_THAT(result.out, HasSubstr("cost: "));
  const nlohmann::json stored = json("one/eval/validation-flip/evaluation.json");
  EXPECT_EQ(stored["calibration"]["validation_rows"], 23);
  EXPECT_GT(stored["calibration"]["temperature"], 0);
  // The forward pass as tests/train/forecast_test.cpp has it by hand, twice.
  const double forward = 2.0 * 256 * 64 * 9 + 2.0 * (64.0 * 128 * 64 * 25 + 16.0 * 512 * 128 * 9 + 4.0 * 512 * 512 * 9 +
                                                     512 * 256 + 256 * 512 + 512 * 3);
  const nlohmann::json& cost = stored["cost"];
  EXPECT_NEAR(cost["gflop"].get<double>(), 2 * forward / 1e9, 1e-12);
  EXPECT_EQ(cost["file_bytes"], fs::file_size(*project_ / "one/checkpoints/best.safetensors"));
  EXPECT_GT(cost["ms_a_face"], 0);
  EXPECT_GT(cost["images_per_s"], 0);
  EXPECT_NE(cost["processor"], "");
}

TEST_F(FerEvalExtras, RobustnessStandsBesideItsEvaluationUntilThatChanges) {
  if (!report::picturesBuilt()) GTEST_SKIP() << "built without OpenCV";
  const CommandResult result =
      eval({"--run", "two", "--split", "validation", "--robustness", "--robustness-rows", "5"});
  ASSERT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("rotation"));
  EXPECT_THAT(result.out, HasSubstr("worst slice: the "));
  const nlohmann::json stored = json("two/eval/validation/robustness.json");
  EXPECT_EQ(stored["rows"], 5);
  EXPECT_EQ(stored["slices"].size(), 8U);
  EXPECT_GE(stored["curves"].size(), 8U);
  ASSERT_EQ(eval({"--run", "two", "--split", "validation"}).code, 0);
  EXPECT_TRUE(exists("two/eval/validation/robustness.json"));  // the same predictions: it still holds
  fs::copy(*project_ / "one/checkpoints/best.safetensors", *project_ / "two/checkpoints/final.safetensors",
           fs::copy_options::overwrite_existing);
  ASSERT_EQ(eval({"--run", "two", "--split", "validation", "--checkpoint", "final"}).code, 0);
  EXPECT_FALSE(exists("two/eval/validation/robustness.json"));
}

TEST_F(FerEvalExtras, TheSurestMistakesAreAPicture) {
  if (!report::picturesBuilt()) GTEST_SKIP() << "built without OpenCV";
  ASSERT_EQ(eval({"--run", "one", "--split", "train"}).code, 0);
  const std::string png = text("one/eval/train/mistakes.png");
  EXPECT_EQ(png.substr(1, 3), "PNG");
  // Width and height stand big-endian at byte 16: eight cells of 16 pixels, one to three rows.
  EXPECT_EQ(png.substr(16, 4), std::string("\0\0\0\x80", 4));
  EXPECT_EQ(static_cast<unsigned char>(png[23]) % 16, 0);
  EXPECT_LE(static_cast<unsigned char>(png[23]), 48);
}

TEST_F(FerEvalExtras, RefusesBadInputWithOneLine) {
  ASSERT_EQ(eval({"--ensemble", "one", "two", "--out", "there", "--split", "validation"}).code, 0);
  fs::create_directory(*project_ / "moved");
  std::string changed = text("there/ensemble.json");
  changed.replace(changed.find("sha256\": \"") + 10, 1, "x");
  writeFile(*project_ / "moved/ensemble.json", changed);
  fs::copy(*project_ / "one", *project_ / "other", fs::copy_options::recursive);
  std::string cut = text("other/config.json");
  cut.replace(cut.find("\"split_seed\": 42"), 16, "\"split_seed\": 7");
  writeFile(*project_ / "other/config.json", cut);
  const struct {
    std::vector<std::string> arguments;
    int code;
    const char* message;
  } cases[] = {
      {{"one"}, 2, "unexpected argument \"one\": give --run RUN"},
      {{"--run", "there", "--checkpoint", "last"}, 2, "there is an ensemble"},
      {{"--ensemble", "one", "other", "--out", "x"}, 2, "one and other cut the data differently (data.split_seed)"},
      {{"--ensemble", "one", "two", "--out", "one"}, 2, "--out one: a run stands there"},
      {{"--ensemble", "two", "one", "--out", "there"}, 2, "--out there: another ensemble stands there"},
      {{"--ensemble", "one", "two", "--out", "there", "--ensemble-weights", "validation"}, 2, "another ensemble"},
      {{"--ensemble", "one", "none", "--out", "x"}, 2, "none: no such run"},
      {{"--run", "moved"}, 3, "not the weights that moved was made of"},
  };
  for (const auto& c : cases) {
    const CommandResult result = eval(c.arguments);
    EXPECT_EQ(result.code, c.code) << result.err;
    EXPECT_THAT(result.err, HasSubstr(c.message));
    EXPECT_TRUE(isOneLine(result.err)) << result.err;
  }
  EXPECT_FALSE(exists("x"));
}

}  // namespace
}  // namespace fer::test
