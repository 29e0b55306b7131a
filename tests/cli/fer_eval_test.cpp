#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "fer/core/files/files.hpp"
#include "support/small_run.hpp"

namespace fer::test {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

/// A project with one finished run, "run".
class FerEval : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    project_ = new SmallProject;
    const CommandResult trained =
        project_->run("fer-train", {"--config", "small.json", "--out", "run", "--set", "train.epochs=2"});
    ASSERT_EQ(trained.code, 0) << trained.err;
  }
  static void TearDownTestSuite() {
    delete project_;
    project_ = nullptr;
  }
  static CommandResult eval(const std::vector<std::string>& arguments, CommandSetup setup = {}) {
    return project_->run("fer-eval", arguments, std::move(setup));
  }
  static nlohmann::json evaluation(const std::string& split) {
    return nlohmann::json::parse(readFile(*project_ / ("run/eval/" + split + "/evaluation.json"), Fault::kData));
  }
  static SmallProject* project_;
};
SmallProject* FerEval::project_ = nullptr;

TEST_F(FerEval, ScoresEverySplitWithEveryWeights) {
  const struct {
    const char* split;
    std::size_t rows;
  } splits[] = {{"test", 30}, {"validation", 23}, {"train", 94}};
  for (const auto& c : splits)
    for (const char* weights : {"best", "last", "final"}) {
      const CommandResult result = eval({"--run", "run", "--split", c.split, "--checkpoint", weights});
      ASSERT_EQ(result.code, 0) << result.err;
      EXPECT_THAT(result.out, HasSubstr("weighted avg"));
      EXPECT_THAT(result.out, HasSubstr("95 % interval"));
      const nlohmann::json stored = evaluation(c.split);
      EXPECT_EQ(stored["weights"], weights);
      EXPECT_EQ(stored["split"], c.split);
      EXPECT_LE(stored["intervals"]["accuracy"][0], stored["scores"]["accuracy"]);
      EXPECT_GE(stored["intervals"]["accuracy"][1], stored["scores"]["accuracy"]);
      const std::string predictions =
          readFile(*project_ / ("run/eval/" + std::string(c.split) + "/predictions.csv"), Fault::kData);
      EXPECT_EQ(static_cast<std::size_t>(std::count(predictions.begin(), predictions.end(), '\n')), c.rows + 1);
    }
  const std::string card = readFile(*project_ / "run/model-card.md", Fault::kData);
  for (const char* part : {"# Model card: run", "Article 5(1)(f)", "\n| test ", "\n| train ", "\n| validation "})
    EXPECT_THAT(card, HasSubstr(part));
  const auto reads = nlohmann::json::parse(readFile(*project_ / "run/test_reads.json", Fault::kData));
  EXPECT_EQ(reads["reads"].size(), 3U);  // the test split alone is counted
}

// The score of the validation split is the one that the training logged for the same weights.
TEST_F(FerEval, AgreesWithWhatTheTrainingLogged) {
  ASSERT_EQ(eval({"--run", "run", "--split", "validation", "--checkpoint", "last"}).code, 0);
  const std::string metrics = readFile(*project_ / "run/metrics.csv", Fault::kData);
  const std::size_t row = metrics.rfind("\n1,") + 1;
  std::vector<std::string> fields;
  std::istringstream line(metrics.substr(row, metrics.find('\n', row) - row));
  for (std::string field; std::getline(line, field, ',');) fields.push_back(field);
  EXPECT_NEAR(evaluation("validation")["scores"]["accuracy"].get<double>(), std::stod(fields.at(4)), 1e-12);
}

TEST_F(FerEval, RefusesBadInputWithOneLine) {
  ASSERT_EQ(project_
                ->run("fer-data", {"synth", "other.csv", "--rows", "150", "--seed", "9", "--height", "16", "--width",
                                   "16", "--classes", "sad,neutral,happy"})
                .code,
            0);
  ASSERT_EQ(project_->run("fer-train", {"--config", "small.json", "--out", "odd", "--set", "train.epochs=1"}).code, 0);
  writeFile(*project_ / "odd/checkpoints/best.safetensors", "not a checkpoint");
  fs::remove(*project_ / "odd/checkpoints/final.safetensors");
  const struct {
    std::vector<std::string> arguments;
    int code;
    const char* message;
  } cases[] = {
      {{}, 2, "give --run RUN"},
      {{"--run", "none"}, 2, "none: no such run"},
      {{"--run", "."}, 2, "not a run"},
      {{"--run", "run", "--checkpoint", "first"}, 2, "--checkpoint: expected one of best, last, final"},
      {{"--run", "run", "--split", "all"}, 2, "--split: expected one of test, validation, train"},
      {{"--run", "run", "--threads", "many"}, 2, "Try --help"},
      {{"--run", "run", "--device", "cuda:99"}, 2, "cuda:99 is not there"},
      {{"--run", "run", "--data", "none.csv"}, 3, "none.csv"},
      {{"--run", "run", "--data", "other.csv", "--split", "test"}, 2, "another dataset than the one trained on"},
      {{"--run", "run", "--data", "other.csv", "--calibrate"}, 2, "--calibrate fits on validation rows"},
      {{"--run", "run", "--data", "other.csv", "--classes", "a,b,c"}, 3, "none of its rows is of a class"},
      {{"--run", "run", "--data", "other.csv", "--classes", "a,a,c"}, 2, "all different"},
      {{"--run", "run", "--classes", "a,b,c"}, 2, "give --data as well"},
      {{"--run", "odd"}, 3, "best.safetensors: not a valid safetensors file"},
      {{"--run", "odd", "--checkpoint", "final"}, 3, "final.safetensors: not there yet"},
  };
  for (const auto& c : cases) {
    const CommandResult result = eval(c.arguments);
    EXPECT_EQ(result.code, c.code) << result.err;
    EXPECT_THAT(result.err, HasSubstr(c.message));
    EXPECT_TRUE(isOneLine(result.err)) << result.err;
  }
}

TEST_F(FerEval, ADiskThatIsFullLeavesTheEarlierEvaluationWhole) {
  ASSERT_EQ(eval({"--run", "run"}).code, 0);
  const std::string before = readFile(*project_ / "run/eval/test/predictions.csv", Fault::kData);
  const CommandResult limited = eval({"--run", "run", "--checkpoint", "final"}, {.file_size_limit = 600});
  EXPECT_EQ(limited.code, 1);
  EXPECT_THAT(limited.err, HasSubstr("File too large"));
  EXPECT_EQ(readFile(*project_ / "run/eval/test/predictions.csv", Fault::kData), before);
  EXPECT_EQ(eval({"--run", "run"}, {.stdout_to = "/dev/full"}).code, 1);
}

// The limit lets predictions.csv pass and stops at what follows: nothing of the new evaluation may show.
TEST_F(FerEval, AnEvaluationThatBreaksOffLeavesNothingOfItself) {
  ASSERT_EQ(eval({"--run", "run"}).code, 0);
  const auto contents = [] {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::directory_iterator(*project_ / "run/eval/test"))
      files[entry.path().filename().string()] = readFile(entry.path(), Fault::kData);
    return files;
  };
  writeFile(*project_ / "run/eval/test/notes.txt", "mine");
  const auto before = contents();
  const auto largest = before.at("predictions.csv").size() + 100;
  ASSERT_LT(largest, before.at("confusion_matrix.svg").size()) << "this test wants a file that is larger";
  const CommandResult limited = eval({"--run", "run", "--checkpoint", "final"}, {.file_size_limit = largest});
  EXPECT_EQ(limited.code, 1) << limited.err;
  EXPECT_EQ(contents(), before);
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(*project_ / "run/eval"))
    names.insert(entry.path().filename().string());
  for (const std::string& name : names) EXPECT_THAT(name, testing::Not(testing::EndsWith(".part")));
  ASSERT_EQ(eval({"--run", "run", "--checkpoint", "final"}).code, 0);
  EXPECT_EQ(contents().at("notes.txt"), "mine") << "not fer's, so not replaced";
  EXPECT_EQ(evaluation("test")["weights"], "final");
}

// The faces are drawn alike, but their labels count the classes backwards and a fourth class.
TEST_F(FerEval, ScoresAnotherDatasetInAFolderOfItsOwnByTheNamesOfItsClasses) {
  ASSERT_EQ(project_
                ->run("fer-data", {"synth", "others.csv", "--rows", "40", "--seed", "5", "--height", "16", "--width",
                                   "16", "--classes", "happy,surprise,neutral,sad"})
                .code,
            0);
  fs::remove(*project_ / "run/test_reads.json");
  const CommandResult result =
      eval({"--run", "run", "--data", "others.csv", "--classes", "happy,surprise,neutral,sad"});
  ASSERT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("data: others.csv is another dataset than the run's"));
  EXPECT_THAT(result.out, HasSubstr("32 rows are scored, 8 of classes that the network does not know are left out"));
  EXPECT_THAT(result.out, testing::Not(HasSubstr("leak-free")));
  EXPECT_FALSE(fs::exists(*project_ / "run/test_reads.json"));
  std::string folder;
  for (const auto& entry : fs::directory_iterator(*project_ / "run/eval"))
    if (entry.path().filename().string().starts_with("others-")) folder = entry.path().filename().string();
  ASSERT_EQ(folder.size(), std::string("others-12345678").size());
  const nlohmann::json stored = evaluation(folder);
  EXPECT_EQ(stored["split"], "all");
  EXPECT_EQ(stored["protocol"], "none");
  EXPECT_EQ(folder, "others-" + stored["data_hash"].get<std::string>().substr(0, 8));
  EXPECT_EQ(stored["classes"], nlohmann::json({"sad", "neutral", "happy"})) << "the network's";
  EXPECT_THAT(readFile(*project_ / "run/model-card.md", Fault::kData), HasSubstr("another dataset, others.csv"));
  const std::string predictions = readFile(*project_ / ("run/eval/" + folder + "/predictions.csv"), Fault::kData);
  std::map<std::string, std::string> labels;  // by row
  std::istringstream lines(predictions);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t usage = line.find(',');
    const std::size_t label = line.find(',', usage + 1);
    labels[line.substr(0, usage)] = line.substr(label + 1, line.find(',', label + 1) - label - 1);
  }
  EXPECT_EQ(labels.size(), 33U) << "32 rows and the heading";
  std::istringstream csv(readFile(*project_ / "others.csv", Fault::kData));
  std::string line;
  std::getline(csv, line);
  const std::map<std::string, std::string> network{{"0", "2"}, {"2", "1"}, {"3", "0"}};
  for (int row = 0; std::getline(csv, line); ++row)
    if (const std::string own = line.substr(0, line.find(',')); own == "1")
      EXPECT_EQ(labels.count(std::to_string(row)), 0U);
    else
      EXPECT_EQ(labels.at(std::to_string(row)), network.at(own)) << row;
}

TEST_F(FerEval, TwoAtOnceLoseNoTestRead) {
  fs::remove(*project_ / "run/test_reads.json");
  RunningCommand one("fer-eval", {"--run", "run", "--threads", "1"}, project_->inFolder());
  RunningCommand other("fer-eval", {"--run", "run", "--threads", "1", "--checkpoint", "last"}, project_->inFolder());
  EXPECT_EQ(one.wait().code, 0);
  EXPECT_EQ(other.wait().code, 0);
  const auto reads = nlohmann::json::parse(readFile(*project_ / "run/test_reads.json", Fault::kData));
  EXPECT_EQ(reads["reads"].size(), 2U);
  EXPECT_EQ(evaluation("test")["test_reads"], 2);
}

}  // namespace
}  // namespace fer::test
