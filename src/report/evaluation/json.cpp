#include "fer/report/evaluation/json.hpp"

#include <nlohmann/json.hpp>

#include "fer/metrics/intervals/score_intervals.hpp"
#include "report/evaluation/json_keys.hpp"

namespace fer::report {
namespace {

using nlohmann::ordered_json;

ordered_json averages(const metrics::PrecisionRecall& scores) {
  return {{"precision", scores.precision}, {"recall", scores.recall}, {"f1", scores.f1}};
}

ordered_json scoresJson(const metrics::Scores& scores, const std::vector<std::string>& classes) {
  ordered_json per_class = ordered_json::array();
  for (std::size_t i = 0; i < classes.size(); ++i) {
    ordered_json one{{"class", classes[i]}};
    one.update(averages(scores.per_class.at(i)));
    one["support"] = scores.per_class[i].support;
    per_class.push_back(std::move(one));
  }
  return {{"accuracy", scores.accuracy},
          {"balanced_accuracy", scores.balanced_accuracy},
          {"classes_with_rows", scores.classes_with_rows},
          {"macro", averages(scores.macro)},
          {"weighted", averages(scores.weighted)},
          {"per_class", std::move(per_class)}};
}

ordered_json matrixJson(const metrics::ConfusionMatrix& confusion) {
  ordered_json rows = ordered_json::array();
  for (std::size_t truth = 0; truth < confusion.classes(); ++truth) {
    ordered_json row = ordered_json::array();
    for (std::size_t predicted = 0; predicted < confusion.classes(); ++predicted)
      row.push_back(confusion.at(truth, predicted));
    rows.push_back(std::move(row));
  }
  return rows;
}

ordered_json membersJson(const std::vector<metrics::Member>& members) {
  ordered_json list = ordered_json::array();
  for (const metrics::Member& one : members) list.push_back({{"run", one.run}, {"weight", one.weight}});
  return list;
}

ordered_json costJson(const metrics::Cost& cost) {
  return {{"gflop", cost.gflop},         {"file_bytes", cost.file_bytes},
          {"ms_a_face", cost.ms_a_face}, {"images_per_s", cost.images_per_s},
          {"processor", cost.processor}, {"threads", cost.threads}};
}

ordered_json calibrationJson(const metrics::Calibration& calibration) {
  return {{"temperature", calibration.temperature},
          {"validation_rows", calibration.validation_rows},
          {"nll", calibration.nll},
          {"brier", calibration.brier},
          {"ece", calibration.ece}};
}

ordered_json ceilingJson(const metrics::Ceiling& ceiling) {
  return {{"votes", ceiling.votes}, {"both", ceiling.both}, {"validation_rows", ceiling.validation_rows}};
}

/// What is not a number becomes null: JSON has no NaN.
ordered_json probabilityJson(const metrics::ProbabilityScores& scores, const std::vector<std::string>& classes) {
  ordered_json per_class = ordered_json::array();
  for (std::size_t i = 0; i < classes.size(); ++i)
    per_class.push_back({{"class", classes[i]},
                         {"roc_auc", scores.per_class.at(i).roc_auc},
                         {"average_precision", scores.per_class[i].average_precision}});
  return {{"top2", scores.top2},
          {"kappa", scores.kappa},
          {"mcc", scores.mcc},
          {"nll", scores.nll},
          {"brier", scores.brier},
          {"ece", scores.ece},
          {"ece_equal_mass", scores.ece_equal_mass},
          {"per_class", std::move(per_class)}};
}

ordered_json intervalsJson(const std::array<metrics::Interval, metrics::kScores>& intervals, bool all_alike) {
  ordered_json object{{"confidence", 0.95}, {"method", all_alike ? "Wilson; ECE: BCa" : "BCa"}};
  for (std::size_t i = 0; i < metrics::kScores; ++i)
    object[kScoreKeys.at(i)] = {intervals.at(i).low, intervals.at(i).high};
  return object;
}

ordered_json partsJson(const metrics::Summary& summary) {
  ordered_json list = ordered_json::array();
  for (const metrics::UsagePart& part : summary.parts) {
    ordered_json one{{"usage", part.usage}};
    one.update(scoredRowsJson(part.scored, summary.classes));
    list.push_back(std::move(one));
  }
  return list;
}

}  // namespace

ordered_json scoredRowsJson(const metrics::ScoredRows& scored, const std::vector<std::string>& classes) {
  return {{"rows", scored.scores.rows},
          {"scores", scoresJson(scored.scores, classes)},
          {"confusion_matrix", matrixJson(scored.confusion)}};
}

std::string evaluationJson(const metrics::Summary& summary) {
  ordered_json root{{"schema", kEvaluationSchema},    {"run", summary.run},
                    {"model", summary.model},         {"split", summary.split},
                    {"protocol", summary.protocol},   {"weights", summary.checkpoint},
                    {"epoch", summary.epoch},         {"data_path", summary.data_path},
                    {"data_hash", summary.data_hash}, {"parameters", summary.parameters},
                    {"seconds", summary.seconds}};
  root["tta"] = summary.tta;
  root["members"] = membersJson(summary.members);
  root["ensemble_weights"] = summary.ensemble_weights;
  if (!summary.engine.empty()) {
    root["engine"] = summary.engine;
    root["model_file"] = summary.model_file;
  }
  if (!summary.label_set.empty()) root["label_set"] = summary.label_set;
  root["test_reads"] = summary.test_reads;
  root["cost"] = summary.cost ? costJson(*summary.cost) : nullptr;
  root["calibration"] = summary.calibration ? calibrationJson(*summary.calibration) : nullptr;
  if (summary.ceiling) root["ceiling"] = ceilingJson(*summary.ceiling);
  root["classes"] = summary.classes;
  root.update(scoredRowsJson(summary.all, summary.classes));
  root["probability"] = summary.probability ? probabilityJson(*summary.probability, summary.classes) : nullptr;
  root["intervals"] =
      summary.intervals ? intervalsJson(*summary.intervals, metrics::allAlike(summary.all.confusion)) : nullptr;
  root["leak_free"] = scoredRowsJson(summary.leak_free, summary.classes);
  if (!summary.parts.empty()) root["parts"] = partsJson(summary);
  // A folder's name need not be UTF-8, JSON must be: bytes that are not become U+FFFD.
  constexpr int kIndent = 2;
  return root.dump(kIndent, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace fer::report
