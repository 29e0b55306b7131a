#include "fer/report/evaluation/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "fer/core/error.hpp"
#include "report/samples.hpp"
#include "support/golden.hpp"

namespace fer::report {
namespace {

using nlohmann::json;
using testing::HasSubstr;

void expectSameProbability(const metrics::ProbabilityScores& found, const metrics::ProbabilityScores& expected) {
  EXPECT_EQ(found.top2, expected.top2);
  EXPECT_EQ(found.kappa, expected.kappa);
  EXPECT_EQ(found.mcc, expected.mcc);
  EXPECT_EQ(found.nll, expected.nll);
  EXPECT_EQ(found.brier, expected.brier);
  EXPECT_EQ(found.ece, expected.ece);
  EXPECT_EQ(found.ece_equal_mass, expected.ece_equal_mass);
  ASSERT_EQ(found.per_class.size(), expected.per_class.size());
  const auto same = [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); };
  for (std::size_t i = 0; i < found.per_class.size(); ++i) {
    EXPECT_PRED2(same, found.per_class[i].roc_auc, expected.per_class[i].roc_auc);
    EXPECT_PRED2(same, found.per_class[i].average_precision, expected.per_class[i].average_precision);
  }
}

/// What there need not be.
void expectSameExtras(const metrics::Summary& found, const metrics::Summary& expected) {
  ASSERT_EQ(found.members.size(), expected.members.size());
  for (std::size_t i = 0; i < found.members.size(); ++i) {
    EXPECT_EQ(found.members[i].run, expected.members[i].run);
    EXPECT_EQ(found.members[i].weight, expected.members[i].weight);
  }
  ASSERT_EQ(found.cost.has_value(), expected.cost.has_value());
  if (found.cost) {
    EXPECT_EQ(found.cost->gflop, expected.cost->gflop);
    EXPECT_EQ(found.cost->file_bytes, expected.cost->file_bytes);
    EXPECT_EQ(found.cost->ms_a_face, expected.cost->ms_a_face);
    EXPECT_EQ(found.cost->images_per_s, expected.cost->images_per_s);
    EXPECT_EQ(found.cost->processor, expected.cost->processor);
    EXPECT_EQ(found.cost->threads, expected.cost->threads);
  }
  ASSERT_EQ(found.calibration.has_value(), expected.calibration.has_value());
  if (found.calibration) {
    EXPECT_EQ(found.calibration->temperature, expected.calibration->temperature);
    EXPECT_EQ(found.calibration->validation_rows, expected.calibration->validation_rows);
    EXPECT_EQ(found.calibration->nll, expected.calibration->nll);
    EXPECT_EQ(found.calibration->brier, expected.calibration->brier);
    EXPECT_EQ(found.calibration->ece, expected.calibration->ece);
  }
  ASSERT_EQ(found.ceiling.has_value(), expected.ceiling.has_value());
  if (found.ceiling) {
    EXPECT_EQ(found.ceiling->votes, expected.ceiling->votes);
    EXPECT_EQ(found.ceiling->both, expected.ceiling->both);
    EXPECT_EQ(found.ceiling->validation_rows, expected.ceiling->validation_rows);
  }
  ASSERT_EQ(found.parts.size(), expected.parts.size());
  for (std::size_t i = 0; i < found.parts.size(); ++i) {
    EXPECT_EQ(found.parts[i].usage, expected.parts[i].usage);
    EXPECT_EQ(found.parts[i].scored.confusion, expected.parts[i].scored.confusion);
    EXPECT_EQ(found.parts[i].scored.scores, expected.parts[i].scored.scores);
  }
  ASSERT_EQ(found.probability.has_value(), expected.probability.has_value());
  if (found.probability) expectSameProbability(*found.probability, *expected.probability);
}

void expectSame(const metrics::Summary& found, const metrics::Summary& expected) {
  EXPECT_EQ(found.run, expected.run);
  EXPECT_EQ(found.model, expected.model);
  EXPECT_EQ(found.split, expected.split);
  EXPECT_EQ(found.protocol, expected.protocol);
  EXPECT_EQ(found.checkpoint, expected.checkpoint);
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
  EXPECT_EQ(found.tta, expected.tta);
  EXPECT_EQ(found.ensemble_weights, expected.ensemble_weights);
  EXPECT_EQ(found.label_set, expected.label_set);
  EXPECT_EQ(found.test_reads, expected.test_reads);
  EXPECT_EQ(found.intervals, expected.intervals);
  expectSameExtras(found, expected);
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

/// A value that a good file does not have at `key`, a JSON pointer, and what is said of it.
struct Damage {
  const char* key;
  json value;
  const char* message;
};

void expectRefused(const std::string& good, const std::vector<Damage>& cases) {
  for (const Damage& one : cases) {
    json file = json::parse(good);
    file[json::json_pointer(one.key)] = one.value;
    EXPECT_THAT(errorOf(file.dump()), HasSubstr(std::string("run/evaluation.json: ") + one.message)) << one.key;
  }
}

TEST(EvaluationJson, IsTheFixtureOfItsSchema) {
  test::expectGolden(evaluationJson(completeSummary()), "report/evaluation_schema2.json");
}

TEST(EvaluationJson, OfSchema2IsRead) {
  expectSame(readEvaluationJson(FER_FIXTURES "/report/evaluation_schema2.json"), completeSummary());
}

// Stays as it is for good: files of schema 1 are read by every later program.
TEST(EvaluationJson, OfSchema1IsRead) {
  expectSame(readEvaluationJson(FER_FIXTURES "/report/evaluation_schema1.json"), sampleSummary());
}

TEST(EvaluationJson, ReadsBackWhatItWrote) {
  metrics::Summary summary = metrics::summarise(smallEvaluation());
  summary.seconds = 1.0 / 3;
  summary.label_set = "FER+";
  summary.ceiling = metrics::Ceiling{0.6875, 0.765625, 3589};
  ASSERT_EQ(summary.parts.size(), 3U);
  expectSame(parseEvaluationJson(evaluationJson(summary), "x"), summary);
  expectSame(parseEvaluationJson(evaluationJson(sampleSummary()), "x"), sampleSummary());
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
  file["of_a_later_program"] = 0.5;
  file["scores"]["of_a_later_program"] = 0.1;
  expectSame(parseEvaluationJson(file.dump(), "x"), sampleSummary());
}

TEST(EvaluationJson, RefusesANewerSchema) {
  json file = json::parse(evaluationJson(sampleSummary()));
  file["schema"] = 3;
  EXPECT_THAT(errorOf(file.dump()),
              HasSubstr("run/evaluation.json: schema 3 was written by a newer fer; this one reads up to 2"));
}

TEST(EvaluationJson, RefusesDamageOfWhatThereNeedNotBe) {
  metrics::Summary summary = metrics::summarise(smallEvaluation());
  summary.ceiling = metrics::Ceiling{0.6875, 0.765625, 3589};
  expectRefused(evaluationJson(summary),
                {
                    {"/ceiling/votes", 1.5, "ceiling.votes: expected a number from 0 to 1, found 1.5"},
                    {"/ceiling/both", nullptr, "ceiling.both: expected a number from 0 to 1, found null"},
                    {"/ceiling/validation_rows", 0.5, "ceiling.validation_rows: expected a whole number"},
                    {"/parts", 3, "parts: expected a list, found 3"},
                    {"/parts/1/usage", 1, "parts[1].usage: expected a text, found 1"},
                    {"/parts/1/scores/accuracy", 0.75, "parts[1].scores.accuracy: expected"},
                });
}

TEST(EvaluationJson, RefusesDamage) {
  const std::string good = evaluationJson(completeSummary());
  EXPECT_THAT(errorOf(""), HasSubstr("run/evaluation.json:1:1: not valid JSON"));
  EXPECT_THAT(errorOf(good.substr(0, good.size() / 2)), HasSubstr("not valid JSON"));
  EXPECT_THAT(errorOf("[]"), HasSubstr("run/evaluation.json: expected an object, found []"));
  EXPECT_THAT(errorOf("{}"), HasSubstr("schema: missing"));
  EXPECT_THAT(errorOf(R"({"schema": 1e999})"), HasSubstr("run/evaluation.json: a number is too large"));

  expectRefused(
      good,
      {
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
          {"/tta", "mirror", R"(tta: expected one of "none", "flip", "tencrop", found "mirror")"},
          {"/members", 1, "members: expected a list, found 1"},
          {"/members", json::array(), R"(ensemble_weights: expected one of "", found "validation")"},
          {"/members/0/run", 1, "members[0].run: expected a text"},
          {"/members/0/weight", 1.5, "members[0].weight: expected a number from 0 to 1, found 1.5"},
          {"/members/0/weight", 0.5, "members: expected weights that add up to 1"},
          {"/ensemble_weights", "", R"(ensemble_weights: expected one of "equal", "validation", found "")"},
          {"/test_reads", -1, "test_reads: expected a whole number from 0"},
          {"/cost", 5, "cost: expected an object, found 5"},
          {"/cost/gflop", -1, "cost.gflop: expected a number >= 0"},
          {"/cost/file_bytes", 0.5, "cost.file_bytes: expected a whole number"},
          {"/cost/threads", 0, "cost.threads: expected a number from 1 on, found 0"},
          {"/calibration/temperature", 0, "calibration.temperature: expected a number above 0, found 0"},
          {"/calibration/brier", 3, "calibration.brier: expected a number from 0 to 2, found 3"},
          {"/probability/top2", 1.1, "probability.top2: expected a number from 0 to 1"},
          {"/probability/kappa", -0.5, "probability.kappa: expected 0.58"},
          {"/probability/mcc", -1.5, "probability.mcc: expected a number from -1 to 1"},
          {"/probability/nll", nullptr, "probability.nll: expected a number >= 0, found null"},
          {"/probability/per_class", json::array(), "probability.per_class: expected a list of 7, found []"},
          {"/probability/per_class/1/class", "hm", R"(probability.per_class[1].class: expected "disgust", found "hm")"},
          {"/probability/per_class/1/roc_auc", nullptr,
           "probability.per_class[1].roc_auc: expected a number from 0 to 1"},
          {"/intervals/accuracy", json::array({0.5}), "intervals.accuracy: expected a list of 2"},
          {"/intervals/accuracy", json::array({0.5, 0.4}), "intervals.accuracy: expected low before high"},
          {"/intervals/ece/1", 1.5, "intervals.ece[1]: expected a number from 0 to 1, found 1.5"},
      });
}

TEST(EvaluationJson, KnowsNoScoreOfAClassWithoutRows) {
  json file = json::parse(evaluationJson(metrics::summarise(smallEvaluation())));
  EXPECT_EQ(file["probability"]["per_class"][2]["roc_auc"], nullptr);
  file["probability"]["per_class"][2]["roc_auc"] = 0.5;
  EXPECT_THAT(errorOf(file.dump()),
              HasSubstr("probability.per_class[2].roc_auc: expected null, since the class has no rows or all"));
}

TEST(EvaluationJson, NamesEveryKeyThatIsMissing) {
  const json good = json::parse(evaluationJson(completeSummary()));
  for (const auto& [key, value] : good.items()) {
    json file = good;
    file.erase(key);
    EXPECT_THAT(errorOf(file.dump()), HasSubstr("run/evaluation.json: " + key + ": missing"));
  }
}

}  // namespace
}  // namespace fer::report
