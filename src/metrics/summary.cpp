#include "fer/metrics/summary.hpp"

#include <stdexcept>
#include <utility>

namespace fer::metrics {

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
  return summary;
}

}  // namespace fer::metrics
