#include "fer/report/evaluation/predictions_csv.hpp"

#include <stdexcept>

#include "fer/core/text/csv.hpp"
#include "fer/core/text/numbers.hpp"
#include "fer/metrics/confusion.hpp"

namespace fer::report {
std::string predictionsCsv(const metrics::Evaluation& evaluation) {
  const std::size_t rows = evaluation.rows.size();
  const std::size_t classes = evaluation.classes.size();
  if (evaluation.usages.size() != rows || evaluation.labels.size() != rows ||
      evaluation.probabilities.size() != rows * classes)
    throw std::invalid_argument("predictionsCsv: the evaluation's lists differ in length");
  const std::vector<int> predictions = metrics::mostProbable(evaluation.probabilities, classes);
  std::vector<std::string> fields{"row", "usage", "label", "predicted"};
  fields.insert(fields.end(), evaluation.classes.begin(), evaluation.classes.end());
  std::string out = csvLine(fields);
  for (std::size_t row = 0; row < rows; ++row) {
    fields = {std::to_string(evaluation.rows[row]), evaluation.usages[row], std::to_string(evaluation.labels[row]),
              std::to_string(predictions[row])};
    for (std::size_t i = 0; i < classes; ++i) fields.push_back(shortest(evaluation.probabilities[row * classes + i]));
    out += csvLine(fields);
  }
  return out;
}

}  // namespace fer::report
