#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "fer/core/files/files.hpp"
#include "fer/weights/description.hpp"
#include "fer/weights/onnx/metadata.hpp"
#include "support/exported_model.hpp"
#include "support/small_run.hpp"

namespace fer::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
namespace fs = std::filesystem;

/// A project with one evaluated run, "run", and what fer-export makes of it, "run.onnx".
class FerEvalModel : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    project_ = new SmallProject;
    ok("fer-train", {"--config", "small.json", "--out", "run", "--set", "train.epochs=2"});
    ok("fer-eval", {"--run", "run", "--cost"});
    ok("fer-export", {"--run", "run", "--format", "onnx"});
  }
  static void TearDownTestSuite() {
    delete project_;
    project_ = nullptr;
  }
  static CommandResult ok(const std::string& command, const std::vector<std::string>& arguments) {
    CommandResult result = project_->run(command, arguments);
    EXPECT_EQ(result.code, 0) << result.err;
    return result;
  }
  static std::string file(const std::string& name) { return readFile(*project_ / name, Fault::kData); }
  static nlohmann::json evaluation(const std::string& folder) {
    return nlohmann::json::parse(file(folder + "/evaluation.json"));
  }
  static SmallProject* project_;
};
SmallProject* FerEvalModel::project_ = nullptr;

weights::ModelDescription descriptionOf(const std::string& onnx) {
  return weights::parseDescription(weights::parseOnnxHeader(onnx, "m").metadata.at(weights::kDescriptionKey), "m");
}

TEST_F(FerEvalModel, WhatIsExportedSaysWhatItIs) {
  const weights::ModelDescription description = descriptionOf(file("run.onnx"));
  const nlohmann::json stored = evaluation("run/eval/test");
  EXPECT_EQ(description.spec.name, "generic");
  EXPECT_EQ(description.spec.classes, (std::vector<std::string>{"sad", "neutral", "happy"}));
  EXPECT_EQ(description.run, "run");
  EXPECT_EQ(description.checkpoint, "best");
  EXPECT_EQ(description.data_hash, stored["data_hash"]);
  // The run's config, but that the data goes by its name: where it lay is nobody's business.
  nlohmann::json config = nlohmann::json::parse(file("run/config.json"));
  EXPECT_EQ(config["data"]["path"], (*project_ / "faces.csv").string());
  config["data"]["path"] = "faces.csv";
  EXPECT_EQ(nlohmann::json::parse(description.config), config);
  ASSERT_EQ(description.scores.size(), 1U);
  EXPECT_EQ(description.scores[0].split, "test");
  EXPECT_EQ(description.scores[0].rows, 30);
  EXPECT_EQ(description.scores[0].accuracy, stored["scores"]["accuracy"]);
  EXPECT_EQ(description.scores[0].macro_f1, stored["scores"]["macro"]["f1"]);
}

TEST_F(FerEvalModel, AnExportIsCheckedAndMayBeHalfAsLarge) {
  const CommandResult whole = ok("fer-export", {"--run", "run", "--format", "onnx", "--out", "whole.onnx"});
  EXPECT_THAT(whole.out, HasSubstr("checked: probabilities differ from LibTorch's by"));
  ok("fer-export", {"--run", "run", "--format", "onnx", "--half", "--out", "half.onnx"});
  const auto size = [](const char* name) { return static_cast<double>(fs::file_size(*project_ / name)); };
  EXPECT_NEAR(size("half.onnx") / size("whole.onnx"), 0.5, 0.02);
  // Scores of another checkpoint are not this one's.
  ok("fer-export", {"--run", "run", "--format", "onnx", "--checkpoint", "final", "--out", "final.onnx"});
  EXPECT_TRUE(descriptionOf(file("final.onnx")).scores.empty());
  for (const char* format : {"onnx", "torch", "safetensors"}) {
    ok("fer-export", {"--run", "run", "--format", format, "--out", "any"});
    EXPECT_THAT(file("any"), Not(HasSubstr(project_->path().string()))) << format;
  }
}

// As a temperature of its own that is fitted after it says: there is nothing left to mend.
TEST_F(FerEvalModel, AnExportMayBeCalibrated) {
  const std::vector<std::string> calibrated{"--run", "run", "--format", "onnx", "--calibrated", "--out", "calm.onnx"};
  const CommandResult early = project_->run("fer-export", calibrated);
  EXPECT_EQ(early.code, 2);
  EXPECT_THAT(early.err, HasSubstr("fer-eval --run run --checkpoint best --split validation --calibrate"));
  ok("fer-eval", {"--run", "run", "--split", "validation", "--calibrate"});
  const nlohmann::json before = evaluation("run/eval/validation");
  const double temperature = before["calibration"]["temperature"];
  EXPECT_GT(std::abs(temperature - 1), 0.01) << "too good a network to see anything";
  EXPECT_THAT(ok("fer-export", calibrated).out, HasSubstr("\ncalibrated: logits divided by a temperature of "));
  EXPECT_EQ(descriptionOf(file("calm.onnx")).temperature, temperature);
  ok("fer-eval",
     {"--model", "calm.onnx", "--data", "faces.csv", "--split", "validation", "--calibrate", "--out", "calm"});
  const nlohmann::json after = evaluation("calm/eval/validation");
  EXPECT_EQ(after["confusion_matrix"], before["confusion_matrix"]);
  EXPECT_NEAR(after["probability"]["nll"].get<double>(), before["calibration"]["nll"].get<double>(), 1e-5);
  EXPECT_NEAR(after["calibration"]["temperature"].get<double>(), 1, 1e-3);
  EXPECT_THAT(file("calm/model-card.md"), HasSubstr("logits divided by a temperature of "));
  const CommandResult wrong = project_->run("fer-export", {"--run", "run", "--format", "torch", "--calibrated"});
  EXPECT_THAT(wrong.err, HasSubstr("--calibrated is for --format onnx"));
}

std::vector<std::vector<std::string>> rowsOf(const std::string& csv) {
  std::vector<std::vector<std::string>> rows;
  std::istringstream lines(csv);
  for (std::string line; std::getline(lines, line);) {
    rows.emplace_back();
    std::istringstream fields(line);
    for (std::string field; std::getline(fields, field, ',');) rows.back().push_back(field);
  }
  return rows;
}

TEST_F(FerEvalModel, ScoresWhatTheRunScores) {
  ok("fer-eval", {"--model", "run.onnx", "--data", "faces.csv", "--out", "exported", "--cost"});
  const nlohmann::json of_run = evaluation("run/eval/test");
  const nlohmann::json found = evaluation("exported/eval/test");
  for (const char* key : {"confusion_matrix", "classes", "model", "split", "protocol", "weights", "epoch", "data_hash",
                          "parameters", "leak_free", "test_reads"})
    EXPECT_EQ(found[key], of_run[key]) << key;
  EXPECT_EQ(found["cost"]["gflop"], of_run["cost"]["gflop"]);
  EXPECT_EQ(found["cost"]["file_bytes"], fs::file_size(*project_ / "run.onnx"));
  EXPECT_EQ(found["run"], "exported");
  EXPECT_EQ(found["model_file"], "run.onnx");
  EXPECT_THAT(found["engine"].get<std::string>(), ::testing::AnyOf("opencv", "openvino", "xnnpack"));
  EXPECT_FALSE(of_run.contains("engine"));
  EXPECT_THAT(file("exported/eval/test/report.md"), HasSubstr("run.onnx, run by "));

  const auto expected = rowsOf(file("run/eval/test/predictions.csv"));
  const auto rows = rowsOf(file("exported/eval/test/predictions.csv"));
  ASSERT_EQ(rows.size(), 31U);
  ASSERT_EQ(rows.size(), expected.size());
  constexpr std::size_t kFirstClass = 4;
  for (std::size_t row = 1; row < rows.size(); ++row)
    for (std::size_t i = kFirstClass; i < kFirstClass + 3; ++i)
      EXPECT_NEAR(std::stod(rows[row].at(i)), std::stod(expected[row].at(i)), 1e-5) << row;

  ok("fer-eval", {"--model", "run.onnx", "--data", "faces.csv", "--out", "exported", "--split", "validation"});
  const CommandResult report = ok("fer-report", {"run", "exported"});
  EXPECT_THAT(report.out, AllOf(HasSubstr("run"), HasSubstr("exported")));
}

TEST_F(FerEvalModel, TakesWhatARunTakes) {
  ok("fer-eval", {"--model", "run.onnx", "--engine", "opencv", "--data", "faces.csv", "--out", "more", "--tta", "flip",
                  "--calibrate", "--cost", "--threads", "1", "--robustness", "--robustness-rows", "5"});
  const nlohmann::json found = evaluation("more/eval/test-flip");
  EXPECT_EQ(found["engine"], "opencv");
  EXPECT_EQ(found["cost"]["threads"], 1);
  EXPECT_DOUBLE_EQ(found["cost"]["gflop"].get<double>(),
                   2 * evaluation("run/eval/test")["cost"]["gflop"].get<double>());
  EXPECT_TRUE(found["calibration"].is_object());
}

// Any network that takes "images" and gives "probabilities" counts, if it says what of: here ours under another name.
TEST_F(FerEvalModel, ScoresSomebodyElsesNetwork) {
  const auto rename = [](const std::string& from, const std::string& to) {
    std::string bytes = file(from);
    const std::string ours = R"("model":"generic")";
    ASSERT_NE(bytes.find(ours), std::string::npos);
    writeFile(*project_ / to, bytes.replace(bytes.find(ours), ours.size(), R"("model":"foreign")"));
  };
  rename("run.onnx", "foreign.onnx");
  const CommandResult result =
      ok("fer-eval", {"--model", "foreign.onnx", "--data", "faces.csv", "--out", "foreign", "--cost"});
  EXPECT_THAT(result.out, AllOf(HasSubstr("\ncost: "), Not(HasSubstr("GFLOP"))));
  const nlohmann::json found = evaluation("foreign/eval/test");
  EXPECT_EQ(found["model"], "foreign");
  EXPECT_EQ(found["confusion_matrix"], evaluation("run/eval/test")["confusion_matrix"]);
  EXPECT_EQ(found["cost"]["gflop"], 0);
  const auto parameters = found["parameters"].get<double>();  // norms are folded
  EXPECT_NEAR(parameters / evaluation("run/eval/test")["parameters"].get<double>(), 1, 0.01);
  ok("fer-export", {"--run", "run", "--format", "onnx", "--half", "--out", "halved.onnx"});
  rename("halved.onnx", "half-foreign.onnx");
  ok("fer-eval", {"--model", "half-foreign.onnx", "--data", "faces.csv", "--out", "half-foreign"});
  EXPECT_EQ(evaluation("half-foreign/eval/test")["parameters"], found["parameters"]);
  EXPECT_THAT(ok("fer-report", {"run", "foreign"}).out, HasSubstr("foreign"));
}

TEST_F(FerEvalModel, HasACardOfItsOwn) {
  ok("fer-eval", {"--model", "run.onnx", "--data", "faces.csv", "--out", "carded", "--calibrate"});
  EXPECT_THAT(file("carded/model-card.md"), AllOf(HasSubstr("| run.onnx, run by "), HasSubstr("| epochs at most | 2 "),
                                                  HasSubstr("a temperature of "), HasSubstr("## Confusion matrix\n"),
                                                  HasSubstr("best val_accuracy")));
}

TEST_F(FerEvalModel, RefusesBadInputWithOneLine) {
  writeFile(*project_ / "text.onnx", "no ONNX");
  writeFile(*project_ / "other.onnx", test::exportedEveryLayer());
  writeFile(*project_ / "cut.onnx", file("run.onnx").substr(0, 100000));
  const struct {
    std::vector<std::string> arguments;
    int code;
    const char* message;
  } cases[] = {
      {{"--model", "run.onnx"}, 2, "--model needs --out DIR"},
      {{"--model", "none.onnx", "--out", "bad"}, 3, "none.onnx"},
      {{"--model", "text.onnx", "--out", "bad"}, 3, "text.onnx: not an ONNX model"},
      {{"--model", "cut.onnx", "--out", "bad"}, 3, "cut.onnx: not an ONNX model"},
      {{"--model", "other.onnx", "--out", "bad"}, 3, "other.onnx"},
      {{"--model", "run.onnx", "--out", "run"}, 2, "a run or an ensemble stands there"},
      {{"--model", "run.onnx", "--out", "bad", "--engine", "tensorrt"}, 2, "engine tensorrt: no such engine"},
      {{"--model", "run.onnx", "--out", "bad", "--run", "run"}, 2, "--run is for runs, --model for an exported"},
      {{"--model", "run.onnx", "--out", "bad", "--explain"}, 2, "--explain is for runs"},
      {{"--model", "run.onnx", "--out", "bad", "--data", "none.csv"}, 3, "none.csv"},
      {{"--run", "run", "--engine", "opencv"}, 2, "--engine runs exported models"},
  };
  for (const auto& one : cases) {
    const CommandResult result = project_->run("fer-eval", one.arguments);
    EXPECT_EQ(result.code, one.code) << result.err;
    EXPECT_THAT(result.err, HasSubstr(one.message));
    EXPECT_TRUE(isOneLine(result.err)) << result.err;
  }
  EXPECT_FALSE(fs::exists(*project_ / "bad"));
}

}  // namespace
}  // namespace fer::test
