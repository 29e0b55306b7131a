#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "fer/metrics/probability/calibration.hpp"
#include "metrics/probability/rows.hpp"

namespace fer::metrics {
namespace {

constexpr double kLowest = 0.05;
constexpr double kHighest = 20;

std::vector<double> logits(std::span<const float> probabilities) {
  std::vector<double> result(probabilities.size());
  std::transform(probabilities.begin(), probabilities.end(), result.begin(), logProbability);
  return result;
}

/// Slope of the summed negative log-likelihood over 1 / temperature: what the softmax expects of the logits less the
/// label's logit. It grows with 1 / temperature, since the likelihood is convex in it.
double slope(std::span<const double> logits, std::span<const int> labels, std::size_t classes, double inverse) {
  double sum = 0;
  for (std::size_t row = 0; row < labels.size(); ++row) {
    const auto one = logits.subspan(row * classes, classes);
    const double highest = *std::max_element(one.begin(), one.end());
    double weights = 0;
    double expected = 0;
    for (const double logit : one) {
      const double weight = std::exp((logit - highest) * inverse);
      weights += weight;
      expected += weight * logit;
    }
    sum += expected / weights - one[static_cast<std::size_t>(labels[row])];
  }
  return sum;
}

}  // namespace

double fitTemperature(std::span<const float> probabilities, std::span<const int> labels, std::size_t classes) {
  checkRows(probabilities, labels, classes, "fitTemperature");
  if (labels.empty()) throw std::invalid_argument("fitTemperature: no rows");
  const std::vector<double> values = logits(probabilities);
  const auto tooCold = [&](double temperature) { return slope(values, labels, classes, 1 / temperature) > 0; };
  if (!tooCold(kLowest)) return kLowest;
  if (tooCold(kHighest)) return kHighest;
  double low = kLowest;
  double high = kHighest;
  constexpr double kEnough = 1e-14;
  while (high / low > 1 + kEnough) {
    const double middle = std::sqrt(low * high);
    if (middle <= low || middle >= high) break;
    (tooCold(middle) ? low : high) = middle;
  }
  return std::sqrt(low * high);
}

std::vector<float> withTemperature(std::span<const float> probabilities, std::size_t classes, double temperature) {
  if (classes == 0 || probabilities.size() % classes != 0)
    throw std::invalid_argument("withTemperature: the probabilities are no whole number of rows");
  if (!(temperature > 0)) throw std::invalid_argument("withTemperature: the temperature is not above 0");
  const std::vector<double> values = logits(probabilities);
  std::vector<float> result(values.size());
  std::vector<double> weights(classes);
  for (std::size_t row = 0; row < values.size(); row += classes) {
    const auto one = std::span(values).subspan(row, classes);
    const double highest = *std::max_element(one.begin(), one.end());
    double sum = 0;
    for (std::size_t i = 0; i < classes; ++i) sum += weights[i] = std::exp((one[i] - highest) / temperature);
    for (std::size_t i = 0; i < classes; ++i) result[row + i] = static_cast<float>(weights[i] / sum);
  }
  return result;
}

}  // namespace fer::metrics
