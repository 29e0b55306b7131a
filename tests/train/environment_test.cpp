#include "fer/train/environment.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "fer/core/error.hpp"
#include "support/small_training.hpp"

namespace fer::train {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

std::string textOf(const std::string& processor, SegmentStart start, const std::optional<std::string>& earlier) {
  static const data::TrainingData kData = test::brightnessData(50);
  return environmentText(test::smallExperiment(1), kData, {"1.13", processor, "cpu", 2}, start, earlier, "file");
}

TEST(Environment, OfARunMadeInOneGoIsOneRecord) {
  const json value = json::parse(textOf("this one", {}, {}));
  EXPECT_EQ(value.at("schema"), 2);
  EXPECT_EQ(value.at("processor"), "this one");
  EXPECT_EQ(value.at("data").at("train"), 40);
  EXPECT_FALSE(value.contains("segments"));
}

TEST(Environment, AResumeKeepsWhatWasBefore) {
  const std::string first = textOf("first", {}, {});
  const std::string second = textOf("second", {3, 0}, first);
  const json value = json::parse(textOf("third", {5, 17}, second));
  EXPECT_EQ(value.at("processor"), "third");
  const json& segments = value.at("segments");
  ASSERT_EQ(segments.size(), 3U);
  const struct {
    const char* processor;
    int epoch;
    int step;
  } expected[] = {{"first", 0, 0}, {"second", 3, 0}, {"third", 5, 17}};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(segments[i].at("processor"), expected[i].processor);
    EXPECT_EQ(segments[i].at("epoch"), expected[i].epoch);
    EXPECT_EQ(segments[i].at("step"), expected[i].step);
    EXPECT_EQ(segments[i].at("threads"), 2);
  }
}

// As schema 1 wrote it, before there were segments and before it told of the precision.
TEST(Environment, ASchema1FileIsTheFirstSegment) {
  const json value = json::parse(
      textOf("new", {2, 0}, R"({"schema": 1, "fer": "0.1.0", "processor": "old", "threads": 4, "seed": 42})"));
  const json& segments = value.at("segments");
  ASSERT_EQ(segments.size(), 2U);
  EXPECT_EQ(segments[0], (json{{"epoch", 0}, {"step", 0}, {"fer", "0.1.0"}, {"processor", "old"}, {"threads", 4}}));
  EXPECT_EQ(segments[1].at("processor"), "new");
}

// Nothing is known of the time before.
TEST(Environment, WithoutTheEarlierFileAResumeSaysWhereItBegan) {
  const json value = json::parse(textOf("late", {4, 0}, {}));
  ASSERT_EQ(value.at("segments").size(), 1U);
  EXPECT_EQ(value.at("segments")[0].at("epoch"), 4);
}

TEST(Environment, RefusesADamagedOrNewerFile) {
  for (const auto& [text, message] : std::vector<std::pair<std::string, std::string>>{
           {"{", "file:1:2"},
           {"5", "file: expected an object, found 5"},
           {R"({"schema": 3})", "file: schema 3 was written by a newer fer"},
           {R"({"schema": 2, "segments": 1})", "file: segments: expected a list"}}) {
    try {
      textOf("x", {1, 0}, text);
      ADD_FAILURE() << "taken: " << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::kData);
      EXPECT_THAT(error.what(), HasSubstr(message));
    }
  }
}

}  // namespace
}  // namespace fer::train
