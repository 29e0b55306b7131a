#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "fer/core/files/files.hpp"
#include "fer/report/picture/sheet.hpp"
#include "support/small_run.hpp"

namespace fer::test {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

/// One project for all cases: each leaves the others' files alone.
class FerTrain : public testing::Test {
 protected:
  static void SetUpTestSuite() { project_ = new SmallProject; }
  static void TearDownTestSuite() {
    delete project_;
    project_ = nullptr;
  }
  static CommandResult train(const std::vector<std::string>& arguments, CommandSetup setup = {}) {
    return project_->run("fer-train", arguments, std::move(setup));
  }
  static SmallProject* project_;
};
SmallProject* FerTrain::project_ = nullptr;

void expectFailure(const CommandResult& result, int code, const std::string& message) {
  EXPECT_EQ(result.code, code) << result.err;
  EXPECT_THAT(result.err, HasSubstr(message));
  EXPECT_TRUE(isOneLine(result.err)) << result.err;
}

TEST_F(FerTrain, ADryRunTellsAndWritesNothing) {
  const CommandResult result =
      train({"--config", "small.json", "--set", "train.precision=auto", "--out", "dry", "--dry-run"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, testing::StartsWith("dry run, nothing is written"));
  for (const char* line : {"\nparameters ", "\narithmetic ", "\nmemory ", "\nspeed ", "\ntime "})
    EXPECT_THAT(result.out, HasSubstr(line));
  EXPECT_FALSE(fs::exists(*project_ / "dry"));
}

TEST_F(FerTrain, RefusesBadInputWithOneLineAndMakesNoRun) {
  std::ofstream(*project_ / "unknown.json") << R"({"train": {"optimiser": {"beta_1": 0.9}}})";
  std::ofstream(*project_ / "broken.json") << R"({"train": )";
  fs::create_directory(*project_ / "empty");
  std::ofstream(*project_ / "bad.csv") << "emotion,pixels,Usage\n0,1 2 3,Training\n";
  const struct {
    std::vector<std::string> arguments;
    int code;
    const char* message;
  } cases[] = {
      {{}, 2, "give --config FILE for a new run or --resume RUN"},
      {{"--config", "none.json"}, 2, "The project's configs are: compact.json, compact_200k.json"},
      {{"--config", "."}, 2, "Is a directory"},
      {{"--config", "broken.json"}, 2, "broken.json:1:11: not valid JSON"},
      {{"--config", "unknown.json"}, 2, "unknown.json: train.optimiser.beta_1: unknown key; did you mean beta1?"},
      {{"--config", "small.json", "--set", "train.epochs=many"}, 2, "train.epochs: expected a whole number >= 1"},
      {{"--config", "small.json", "--set", "train.epochs=0"}, 2, "found 0"},
      {{"--config", "small.json", "--set", "model.name=resnet"}, 2, "model.name: expected one of generic, vgg_block"},
      {{"--config", "small.json", "--set", "data.folds=1"}, 2, "data.folds: expected a whole number >= 2"},
      {{"--config", "small.json", "--set", "data.fold=-1"}, 2, "data.fold: expected a whole number >= 0"},
      {{"--config", "small.json", "--set", "data.protocol=kfold", "--set", "data.fold=5"},
       2,
       "data.fold: expected 0 to 4 (one of data.folds), found 5"},
      {{"--config", "small.json", "--set", "train.precision=fp16"}, 2, "train.precision: expected one of fp32, tf32"},
      {{"--config", "small.json", "--set", "train.precision=tf32", "--device", "cpu"}, 2, "Use fp32 or bf16"},
      {{"--config", "small.json", "--set", "train.batch_size=1000"}, 2, "more than the 94 training images"},
      {{"--config", "small.json", "--set", "data.height=8", "--data", "bad.csv"}, 3, "bad.csv:2"},
      {{"--config", "small.json", "--threads", "x"}, 2, "Try --help"},
      {{"--config", "small.json", "--threads=-1"}, 2, "machine.threads: expected a whole number >= 0"},
      {{"--config", "small.json", "--weights", "random", "--set",
        R"(model.frozen=["conv1","conv2","conv3","conv4","bn1","bn2","bn3","bn4","bn5","bn6","dense1","dense2","dense3"])"},
       2,
       "model.frozen: it holds every layer"},
      {{"--config", "small.json", "--frobnicate"}, 2, "frobnicate"},
      {{"--config", "small.json", "left over"}, 2, "unexpected argument"},
      {{"--config", "small.json", "--device", "cuda:99"}, 2, "cuda:99 is not there"},
      {{"--config", "small.json", "--data", "none.csv"}, 3, "fer-data synth"},
      {{"--config", "small.json", "--data", "none.csv", "--set", "augment.clahe.probability=1"},
       report::picturesBuilt() ? 3 : 2,
       report::picturesBuilt() ? "fer-data synth" : "augment.clahe: this fer equalises no images"},
      {{"--config", "small.json", "--data", "empty"},
       3,
       report::picturesBuilt() ? "no pictures: expected jpg" : "built without OpenCV"},
      {{"--config", "small.json", "--data", "bad.csv"}, 3, "pixels: expected 256 values, found 3"},
      {{"--resume", "none"}, 2, "none: no such run"},
      {{"--resume", "."}, 2, "not a run: it holds no config.json"},
      {{"--resume", "x", "--config", "small.json"}, 2, "--config does not go with --resume"},
  };
  for (const auto& c : cases) {
    std::vector<std::string> arguments = c.arguments;
    expectFailure(train(arguments), c.code, c.message);
  }
  EXPECT_FALSE(fs::exists(*project_ / "experiments"));
}

TEST_F(FerTrain, AMachineThatCannotIsAnErrorToo) {
  fs::create_directory(*project_ / "closed");
  fs::permissions(*project_ / "closed", fs::perms::owner_read | fs::perms::owner_exec);
  expectFailure(train({"--config", "small.json", "--out", "closed/run"}, {.obey_permissions = true}), 1,
                "Permission denied");
  std::ofstream(*project_ / "secret.csv") << "x";
  fs::permissions(*project_ / "secret.csv", fs::perms::none);
  expectFailure(train({"--config", "small.json", "--data", "secret.csv"}, {.obey_permissions = true}), 3,
                "Permission denied");
  expectFailure(train({"--config", "small.json", "--out", "limited"}, {.file_size_limit = 1 << 20}), 1,
                "last.safetensors: cannot write: File too large");
  EXPECT_FALSE(fs::exists(*project_ / "limited")) << "nobody could use it, and its name is free";
  const CommandResult full =
      train({"--config", "small.json", "--out", "full", "--set", "train.epochs=1"}, {.stdout_to = "/dev/full"});
  EXPECT_EQ(full.code, 1);
  EXPECT_THAT(full.err, HasSubstr("standard output cannot be written"));
}

TEST_F(FerTrain, ADamagedCheckpointIsRefusedAndLeftAsItIs) {
  ASSERT_EQ(train({"--config", "small.json", "--out", "damaged", "--set", "train.epochs=1"}).code, 0);
  const fs::path last = *project_ / "damaged/checkpoints/last.safetensors";
  const std::string whole = readFile(last, Fault::kData);
  std::string flipped = whole;
  flipped[10] = '\x01';
  for (const std::string& content :
       {std::string(), whole.substr(0, 1000), whole.substr(0, whole.size() - 1), flipped}) {
    writeFile(last, content);
    expectFailure(train({"--resume", "damaged", "--set", "train.epochs=2"}), 3, "last.safetensors");
    EXPECT_TRUE(readFile(last, Fault::kData) == content);
  }
}

TEST_F(FerTrain, ATakenNameGetsANumberAndNothingIsOverwritten) {
  for (const char* name : {"twice", "twice-2"}) {
    ASSERT_EQ(train({"--config", "small.json", "--out", "twice", "--set", "train.epochs=1"}).code, 0);
    for (const char* file :
         {"config.json", "environment.json", "metrics.csv", "timing.csv", "log.txt", "curves.svg",
          "checkpoints/best.safetensors", "checkpoints/last.safetensors", "checkpoints/final.safetensors"})
      EXPECT_TRUE(fs::exists(*project_ / name / file)) << name << "/" << file;
  }
  EXPECT_EQ(readFile(*project_ / "twice/metrics.csv", Fault::kData),
            readFile(*project_ / "twice-2/metrics.csv", Fault::kData));
  const auto environment = nlohmann::json::parse(readFile(*project_ / "twice/environment.json", Fault::kData));
  EXPECT_EQ(environment["data"]["train"], 94);
  EXPECT_EQ(environment["data"]["test_also_in_train"], 0);
}

TEST_F(FerTrain, ARunsOwnConfigTrainsItAgain) {
  ASSERT_EQ(train({"--config", "small.json", "--set", "train.epochs=1", "--out", "again"}).code, 0);
  const CommandResult second = train({"--config", "again/config.json"});
  ASSERT_EQ(second.code, 0) << second.err;
  const auto weightsOf = [](const std::string& run) {
    return readFile(*project_ / run / "checkpoints/final.safetensors", Fault::kData);
  };
  EXPECT_EQ(weightsOf("experiments/again"), weightsOf("again"));
}

TEST_F(FerTrain, RefitsOnTheValidationRowsAndNothingIsChosenByThem) {
  const std::vector<std::string> refit{"--config", "small.json",
                                       "--set",    "data.protocol=refit",
                                       "--out",    "refit",
                                       "--set",    "train.early_stopping.enabled=false",
                                       "--set",    "train.reduce_lr.enabled=false",
                                       "--set",    "train.epochs=1"};
  const CommandResult trained = project_->run("fer-train", refit);
  ASSERT_EQ(trained.code, 0) << trained.err;
  EXPECT_THAT(trained.out, HasSubstr("train 135, validation 15, test 15"));
  const CommandResult fitted = project_->run("fer-eval", {"--run", "refit", "--calibrate"});
  EXPECT_EQ(fitted.code, 2);
  EXPECT_THAT(fitted.err, HasSubstr("--calibrate fits on validation rows: by data.protocol=refit"));
  for (const std::vector<std::string>& words : {std::vector<std::string>{"fer-eval", "--run", "refit"},
                                                {"fer-export", "--run", "refit", "--out", "refit.st"}}) {
    const std::vector<std::string> best(words.begin() + 1, words.end());
    EXPECT_EQ(project_->run(words[0], best).code, 0) << words[0];
    std::vector<std::string> last = best;
    last.insert(last.end(), {"--checkpoint", "final"});
    EXPECT_EQ(project_->run(words[0], last).code, 0) << words[0];
  }
}

TEST_F(FerTrain, HelpListsEveryKey) {
  const CommandResult help = train({"--help"});
  EXPECT_EQ(help.code, 0);
  for (const char* key :
       {"model.name", "data.path", "data.protocol", "augment.zoom", "preprocess.rescale", "train.epochs",
        "train.optimiser.lr", "train.early_stopping.patience", "machine.threads", "--resume", "Examples:"})
    EXPECT_THAT(help.out, HasSubstr(key));
}

TEST(EndToEnd, ColourImagesOfAnotherSizeWithFiveClasses) {
  const TempFolder folder;
  const CommandSetup here{.folder = folder.path(), .environment = {{"FER2013_CSV", ""}}};
  const auto run = [&](const std::string& command, const std::vector<std::string>& arguments) {
    const CommandResult result = runCommand(command, arguments, here);
    EXPECT_EQ(result.code, 0) << command << ": " << result.err;
    return result.out;
  };
  run("fer-data", {"synth", "colour.csv", "--rows", "100", "--height", "32", "--width", "40", "--channels", "3",
                   "--classes", "a,b,c,d,e"});
  std::ofstream(folder / "colour.json")
      << R"({"model": {"name": "vgg_block"}, "data": {"path": "colour.csv", "channels": 3,
    "height": 32, "width": 40, "classes": ["a", "b", "c", "d", "e"], "protocol": "challenge"},
    "augment": {"zoom": 0.2, "horizontal_flip": true}, "train": {"epochs": 1, "batch_size": 16}})";
  run("fer-train", {"--config", "colour.json"});
  const std::string report = run("fer-eval", {"--run", "experiments/colour", "--checkpoint", "last"});
  EXPECT_THAT(report, HasSubstr("weighted avg"));
  EXPECT_THAT(report, HasSubstr("leak-free"));
  for (const char* file :
       {"evaluation.json", "predictions.csv", "confusion_matrix.svg", "confusion_matrix_normalized.svg", "report.md"})
    EXPECT_TRUE(fs::exists(folder / "experiments/colour/eval/test" / file)) << file;
  EXPECT_THAT(run("fer-report", {"experiments/colour"}), HasSubstr("vgg_block"));
}

}  // namespace
}  // namespace fer::test
