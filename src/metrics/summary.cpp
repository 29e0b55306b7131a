#include "fer/metrics/summary.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>

#include "fer/core/processors.hpp"
#include "fer/metrics/intervals/score_intervals.hpp"
#include "metrics/probability/confidence_bins.hpp"

namespace fer::metrics {
namespace {

std::array<Interval, kScores> intervals(const Evaluation& evaluation, const std::vector<int>& predictions,
                                        const ConfusionMatrix& confusion) {
  const std::size_t classes = evaluation.classes.size();
  const std::vector<float> confidences = confidencesOf(evaluation.probabilities, predictions, classes);
  const ModelRows model{predictions, confidences};
  BootstrapOptions options;
  options.threads = static_cast<unsigned>(std::clamp(usableProcessors(), 1, 2));
  const BootstrapDraws draws = bootstrap(evaluation.labels, classes, std::span(&model, 1), options);
  return scoreIntervals(draws, 0, confusion);
}

/// Protocol original tests on PublicTest and PrivateTest together: others' scores are of the latter alone.
std::vector<UsagePart> partsOf(const Evaluation& evaluation, const std::vector<int>& predictions) {
  struct Rows {
    std::vector<int> labels;
    std::vector<int> predictions;
  };
  std::map<std::string, Rows> by_usage;
  for (std::size_t row = 0; row < predictions.size(); ++row) {
    Rows& rows = by_usage[evaluation.usages[row]];
    rows.labels.push_back(evaluation.labels[row]);
    rows.predictions.push_back(predictions[row]);
  }
  std::vector<UsagePart> parts;
  if (by_usage.size() < 2) return parts;
  parts.reserve(by_usage.size());
  for (const auto& [usage, rows] : by_usage)
    parts.push_back({usage, scored(ConfusionMatrix(evaluation.classes.size(), rows.labels, rows.predictions))});
  return parts;
}

}  // namespace

ScoredRows scored(ConfusionMatrix confusion) {
  Scores result = scores(confusion);
  return {std::move(confusion), std::move(result)};
}

Summary summarise(const Evaluation& evaluation) {
  const std::size_t rows = evaluation.rows.size();
  const std::size_t classes = evaluation.classes.size();
  if (evaluation.usages.size() != rows || evaluation.labels.size() != rows || evaluation.in_training.size() != rows ||
      evaluation.probabilities.size() != rows * classes)
    throw std::invalid_argument("summarise: the evaluation's lists differ in length");
  if (rows == 0) throw std::invalid_argument("summarise: the evaluation has no rows");
  const std::vector<int> predictions = mostProbable(evaluation.probabilities, classes);
  std::vector<int> clean_labels;
  std::vector<int> clean_predictions;
  for (std::size_t row = 0; row < rows; ++row) {
    if (evaluation.in_training[row]) continue;
    clean_labels.push_back(evaluation.labels[row]);
    clean_predictions.push_back(predictions[row]);
  }
  Summary summary{evaluation, {}, {}};
  summary.all = scored(ConfusionMatrix(classes, evaluation.labels, predictions));
  summary.leak_free = scored(ConfusionMatrix(classes, clean_labels, clean_predictions));
  summary.probability = probabilityScores(evaluation.probabilities, evaluation.labels, classes);
  summary.intervals = intervals(evaluation, predictions, summary.all.confusion);
  summary.parts = partsOf(evaluation, predictions);
  return summary;
}

}  // namespace fer::metrics
