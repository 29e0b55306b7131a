#include "fer/weights/description.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fer/core/error.hpp"

namespace fer::weights {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

ModelDescription wholeDescription() {
  return {{"vgg16", {1, 48, 40}, {"a", "b"}, {96, 80, {0.5}, {0.25}}, {0.5, 2, 0.25, {}, 0.125}},
          {.input = {1, 48, 40}, .margin = 0.25},
          "a_run",
          "0123",
          4,
          "{}",
          "best",
          {{"test", "original", 7178, 0.65, 0.5}, {"validation", "original", 5742, 0.75, 0.625}},
          0.75};
}

TEST(ModelDescription, SurvivesItsText) {
  const ModelDescription read = parseDescription(descriptionJson(wholeDescription()), "m.onnx");
  EXPECT_EQ(read.spec.name, "vgg16");
  EXPECT_EQ(read.spec.input, (ImageShape{1, 48, 40}));
  EXPECT_EQ(read.spec.classes, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(read.spec.prepare.width, 80);
  EXPECT_EQ(read.spec.architecture, (graph::ArchitectureOptions{0.5, 2, 0.25, {}, 0.125}));
  EXPECT_EQ(read.preprocess, (data::Preprocess{{1, 48, 40}, 0.25, 1.0 / 255}));
  EXPECT_EQ(read.run, "a_run");
  EXPECT_EQ(read.data_hash, "0123");
  EXPECT_EQ(read.epoch, 4);
  EXPECT_EQ(read.config, "{}");
  EXPECT_EQ(read.checkpoint, "best");
  ASSERT_EQ(read.scores.size(), 2U);
  EXPECT_EQ(read.scores[1].split, "validation");
  EXPECT_EQ(read.scores[1].protocol, "original");
  EXPECT_EQ(read.scores[1].rows, 5742);
  EXPECT_EQ(read.scores[0].accuracy, 0.65);
  EXPECT_EQ(read.scores[0].macro_f1, 0.5);
  EXPECT_EQ(read.temperature, 0.75);
}

TEST(ModelDescription, OfACheckpointHasNeitherItsNameNorScoresNorATemperature) {
  ModelDescription description = wholeDescription();
  description.checkpoint.clear();
  description.scores.clear();
  description.temperature = 1;
  EXPECT_THAT(descriptionJson(description), Not(HasSubstr("temperature")));
  const ModelDescription read = parseDescription(descriptionJson(description), "w");
  EXPECT_EQ(read.temperature, 1);
  EXPECT_EQ(read.checkpoint, "");
  EXPECT_TRUE(read.scores.empty());
}

TEST(ModelDescription, IsOfOneInput) {
  ModelDescription description = wholeDescription();
  description.spec.input.height = 96;
  EXPECT_THROW(descriptionJson(description), std::invalid_argument);
}

TEST(ModelDescription, RefusesWhatItCannotMean) {
  const struct {
    const char* from;
    const char* to;
    const char* message;
  } cases[] = {
      {"\"checkpoint\":\"best\"", "\"checkpoint\":\"worst\"", "m.onnx (description): checkpoint: expected"},
      {"\"accuracy\":0.65", "\"accuracy\":65", "scores[0].accuracy: expected a number"},
      {"\"macro_f1\"", "\"f1\"", "scores[0].macro_f1: missing"},
      {"\"margin\":0.25", "\"margin\":-1", "preprocess.margin: expected a number"},
      {"\"width\":0.5", "\"width\":1e9", "architecture.width: expected a number from 0.1 to 4"},
      {"\"depth\":2.0", "\"depth\":5", "architecture.depth: expected a number"},
      {"\"dropout\":0.25", "\"dropout\":1", "architecture.dropout: expected a number"},
      {"\"squeeze_excite\":null", "\"squeeze_excite\":1e9", "architecture.squeeze_excite: expected a number"},
      {"\"stochastic_depth\":0.125", "\"stochastic_depth\":-1", "architecture.stochastic_depth: expected a number"},
      {"\"architecture\"", "\"structure\"", "architecture: missing"},
      {"\"temperature\":0.75", "\"temperature\":0", "temperature: expected a number above 0"},
      {"\"temperature\":0.75", "\"temperature\":-2", "temperature: expected a number"},
      {"\"rows\":7178", "\"rows\":-1", "scores[0].rows: expected a whole number"},
  };
  for (const auto& one : cases) {
    std::string text = descriptionJson(wholeDescription());
    ASSERT_NE(text.find(one.from), std::string::npos) << one.from;
    text.replace(text.find(one.from), std::string(one.from).size(), one.to);
    try {
      parseDescription(text, "m.onnx");
      ADD_FAILURE() << "no error: " << one.to;
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::kData);
      EXPECT_THAT(error.what(), HasSubstr(one.message));
    }
  }
}

}  // namespace
}  // namespace fer::weights
