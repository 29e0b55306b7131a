#include "fer/metrics/probability/calibration.hpp"
#include "metrics/probability/rows.hpp"

namespace fer::metrics {
namespace {

double mean(double sum, std::size_t rows) {
  return rows == 0 ? 0 : sum / static_cast<double>(rows);
}

}  // namespace

double brierScore(std::span<const float> probabilities, std::span<const int> labels, std::size_t classes) {
  checkRows(probabilities, labels, classes, "brierScore");
  double sum = 0;
  for (std::size_t row = 0; row < labels.size(); ++row)
    for (std::size_t i = 0; i < classes; ++i) {
      const double off = static_cast<double>(probabilities[row * classes + i]) -
                         (static_cast<std::size_t>(labels[row]) == i ? 1.0 : 0.0);
      sum += off * off;
    }
  return mean(sum, labels.size());
}

double negativeLogLikelihood(std::span<const float> probabilities, std::span<const int> labels, std::size_t classes) {
  checkRows(probabilities, labels, classes, "negativeLogLikelihood");
  double sum = 0;
  for (std::size_t row = 0; row < labels.size(); ++row)
    sum -= logProbability(probabilities[row * classes + static_cast<std::size_t>(labels[row])]);
  return mean(sum, labels.size());
}

}  // namespace fer::metrics
