#include "fer/report/evaluation_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "fer/core/error.hpp"
#include "report/samples.hpp"
#include "support/golden.hpp"

namespace fer::report {
namespace {

using nlohmann::json;
using testing::HasSubstr;

void expectSame(const metrics::Summary& found, const metrics::Summary& expected) {
  EXPECT_EQ(found.run, expected.run);
  EXPECT_EQ(found.model, expected.model);
  EXPECT_EQ(found.split, expected.split);
  EXPECT_EQ(found.protocol, expected.protocol);
  EXPECT_EQ(found.weights, expected.weights);
  EXPECT_EQ(found.epoch, expected.epoch);
  EXPECT_EQ(found.data_path, expected.data_path);
  EXPECT_EQ(found.data_hash, expected.data_hash);
  EXPECT_EQ(found.parameters, expected.parameters);
  EXPECT_EQ(found.seconds, expected.seconds);
  EXPECT_EQ(found.classes, expected.classes);
  EXPECT_EQ(found.all.confusion, expected.all.confusion);
  EXPECT_EQ(found.all.scores, expected.all.scores);
  EXPECT_EQ(found.leak_free.confusion, expected.leak_free.confusion);
  EXPECT_EQ(found.leak_free.scores, expected.leak_free.scores);
}

std::string errorOf(const std::string& text) {
  try {
    parseEvaluationJson(text, "run/evaluation.json");
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::kData) << error.what();
    return error.what();
  }
  return "accepted";
}

TEST(EvaluationJson, IsTheFixtureOfItsSchema) {
  test::expectGolden(evaluationJson(sampleSummary()), "report/evaluation_schema1.json");
}

// Stays as it is for good: files of schema 1 are read by every later program.
TEST(EvaluationJson, OfSchema1IsRead) {
  expectSame(readEvaluationJson(FER_FIXTURES "/report/evaluation_schema1.json"), sampleSummary());
}

TEST(EvaluationJson, ReadsBackWhatItWrote) {
  metrics::Summary summary = metrics::summarise(smallEvaluation());
  summary.seconds = 1.0 / 3;
  expectSame(parseEvaluationJson(evaluationJson(summary), "x"), summary);
  metrics::Summary none = summary;
  none.leak_free = metrics::scored(metrics::ConfusionMatrix(3, std::vector<int>{}, std::vector<int>{}));
  expectSame(parseEvaluationJson(evaluationJson(none), "x"), none);
}

TEST(EvaluationJson, NamesThatAreNotUtf8BecomeReadable) {
  metrics::Summary summary = sampleSummary();
  summary.run = "r\xff";
  EXPECT_EQ(parseEvaluationJson(evaluationJson(summary), "x").run, "r\xEF\xBF\xBD");
}

TEST(EvaluationJson, KeysOfALaterProgramDoNotHurt) {
  json file = json::parse(evaluationJson(sampleSummary()));
  file["calibration"] = 0.5;
  file["scores"]["kappa"] = 0.1;
  expectSame(parseEvaluationJson(file.dump(), "x"), sampleSummary());
}

TEST(EvaluationJson, RefusesANewerSchema) {
  json file = json::parse(evaluationJson(sampleSummary()));
  file["schema"] = 2;
  EXPECT_THAT(errorOf(file.dump()),
              HasSubstr("run/evaluation.json: schema 2 was written by a newer fer; this one reads up to 1"));
}

TEST(EvaluationJson, RefusesDamage) {
  const std::string good = evaluationJson(sampleSummary());
  EXPECT_THAT(errorOf(""), HasSubstr("run/evaluation.json:1:1: not valid JSON"));
  EXPECT_THAT(errorOf(good.substr(0, good.size() / 2)), HasSubstr("not valid JSON"));
  EXPECT_THAT(errorOf("[]"), HasSubstr("run/evaluation.json: expected an object, found []"));
  EXPECT_THAT(errorOf("{}"), HasSubstr("schema: missing"));
  EXPECT_THAT(errorOf(R"({"schema": 1e999})"), HasSubstr("run/evaluation.json: a number is too large"));

  const struct {
    const char* key;
    json value;
    const char* message;
  } cases[] = {
      {"/schema", 0, "schema: expected a number from 1 on, found 0"},
      {"/schema", "1", "schema: expected a whole number"},
      {"/run", 5, "run: expected a text, found 5"},
      {"/epoch", -1, "epoch: expected a whole number from 0"},
      {"/epoch", 4294967296, "epoch: expected a whole number from 0 to 2147483647, found 4294967296"},
      {"/parameters", 1.5, "parameters: expected a whole number"},
      {"/seconds", -0.5, "seconds: expected a number >= 0, found -0.5"},
      {"/seconds", nullptr, "seconds: expected a number >= 0, found null"},
      {"/classes", json::array(), "classes: expected at least one class"},
      {"/classes/3", 3, "classes[3]: expected a text, found 3"},
      {"/classes/3", "glad", "scores.per_class[3].class: expected \"glad\""},
      {"/rows", 7177, "rows: expected 7178, which follows from the confusion matrix, found 7177"},
      {"/scores/accuracy", 0.99, "scores.accuracy: expected 0.656"},
      {"/scores/macro/f1", "high", "scores.macro.f1: expected a number >= 0, found \"high\""},
      {"/scores/per_class", json::array(), "scores.per_class: expected a list of 7, found []"},
      {"/confusion_matrix", json::array(), "confusion_matrix: expected a list of 7 lists, one a class, found []"},
      {"/confusion_matrix/2", json::array({1, 2}), "confusion_matrix[2]: expected a list of 7 counts, found [1,2]"},
      {"/confusion_matrix/2/3", -4, "confusion_matrix[2][3]: expected a whole number from 0"},
      {"/confusion_matrix/2/3", 5000000000, "confusion_matrix[2][3]: expected a whole number from 0"},
      {"/confusion_matrix/2/3", 69, "rows: expected 7179"},
      {"/leak_free", 1, "leak_free: expected an object, found 1"},
      {"/leak_free/scores/accuracy", 0.99, "leak_free.scores.accuracy: expected 0.6"},
  };
  for (const auto& one : cases) {
    json file = json::parse(good);
    file[json::json_pointer(one.key)] = one.value;
    EXPECT_THAT(errorOf(file.dump()), HasSubstr(std::string("run/evaluation.json: ") + one.message)) << one.key;
  }
}

TEST(EvaluationJson, NamesEveryKeyThatIsMissing) {
  const json good = json::parse(evaluationJson(sampleSummary()));
  for (const auto& [key, value] : good.items()) {
    json file = good;
    file.erase(key);
    EXPECT_THAT(errorOf(file.dump()), HasSubstr("run/evaluation.json: " + key + ": missing"));
  }
}

}  // namespace
}  // namespace fer::report
