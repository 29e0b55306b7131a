#include "fer/report/evaluation_json.hpp"

#include <nlohmann/json.hpp>

#include "evaluation_json_keys.hpp"

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

}  // namespace

ordered_json scoredRowsJson(const metrics::ScoredRows& scored, const std::vector<std::string>& classes) {
  return {{"rows", scored.scores.rows},
          {"scores", scoresJson(scored.scores, classes)},
          {"confusion_matrix", matrixJson(scored.confusion)}};
}

std::string evaluationJson(const metrics::Summary& summary) {
  ordered_json root{{"schema", kEvaluationSchema},    {"run", summary.run},
                    {"model", summary.model},         {"split", summary.split},
                    {"protocol", summary.protocol},   {"weights", summary.weights},
                    {"epoch", summary.epoch},         {"data_path", summary.data_path},
                    {"data_hash", summary.data_hash}, {"parameters", summary.parameters},
                    {"seconds", summary.seconds},     {"classes", summary.classes}};
  root.update(scoredRowsJson(summary.all, summary.classes));
  root["leak_free"] = scoredRowsJson(summary.leak_free, summary.classes);
  // A folder's name need not be UTF-8, JSON must be: bytes that are not become U+FFFD.
  constexpr int kIndent = 2;
  return root.dump(kIndent, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace fer::report
