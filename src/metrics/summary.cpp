#include "fer/metrics/summary.hpp"

#include <algorithm>
#include <stdexcept>
#include <thread>
#include <utility>

#include "metrics/probability/confidence_bins.hpp"

namespace fer::metrics {
namespace {

std::array<Interval, kScores> intervals(const Evaluation& evaluation, const std::vector<int>& predictions) {
  const std::size_t classes = evaluation.classes.size();
  const std::vector<float> confidences = confidencesOf(evaluation.probabilities, predictions, classes);
  const ModelRows model{predictions, confidences};
  BootstrapOptions options;
  options.threads = std::clamp(std::thread::hardware_concurrency(), 1U, 2U);
  const BootstrapDraws draws = bootstrap(evaluation.labels, classes, std::span(&model, 1), options);
  std::array<Interval, kScores> result;
  for (std::size_t score = 0; score < kScores; ++score) result[score] = draws.bca(0, static_cast<Score>(score));
  return result;
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
  summary.intervals = intervals(evaluation, predictions);
  return summary;
}

}  // namespace fer::metrics
