#include "fer/report/evaluation/mistakes.hpp"

#include <algorithm>
#include <stdexcept>
#include <tuple>

#include "fer/metrics/confusion.hpp"

namespace fer::report {

std::vector<std::size_t> surestMistakes(const metrics::Evaluation& evaluation, std::size_t most) {
  const std::size_t classes = evaluation.classes.size();
  const std::vector<int> predictions = metrics::mostProbable(evaluation.probabilities, classes);
  if (predictions.size() != evaluation.labels.size() || predictions.size() != evaluation.rows.size())
    throw std::invalid_argument("surestMistakes: the evaluation's lists differ in length");
  std::vector<std::size_t> wrong;
  for (std::size_t i = 0; i < predictions.size(); ++i)
    if (predictions[i] != evaluation.labels[i]) wrong.push_back(i);
  const auto key = [&](std::size_t i) {
    const float confidence = evaluation.probabilities[i * classes + static_cast<std::size_t>(predictions[i])];
    return std::tuple(-confidence, evaluation.rows[i]);
  };
  std::sort(wrong.begin(), wrong.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  wrong.resize(std::min(most, wrong.size()));
  return wrong;
}

}  // namespace fer::report
