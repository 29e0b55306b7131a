#include "fer/metrics/probability/scores.hpp"

#include <stdexcept>

#include "fer/metrics/probability/calibration.hpp"
#include "metrics/probability/rows.hpp"

namespace fer::metrics {

double topK(std::span<const float> probabilities, std::span<const int> labels, std::size_t classes, std::size_t k) {
  checkRows(probabilities, labels, classes, "topK");
  if (k == 0) throw std::invalid_argument("topK: k is 0");
  std::size_t hits = 0;
  for (std::size_t row = 0; row < labels.size(); ++row) {
    const auto one = probabilities.subspan(row * classes, classes);
    const auto label = static_cast<std::size_t>(labels[row]);
    std::size_t before = 0;
    for (std::size_t i = 0; i < classes; ++i)
      if (one[i] > one[label] || (i < label && one[i] == one[label])) ++before;
    if (before < k) ++hits;
  }
  return labels.empty() ? 0 : static_cast<double>(hits) / static_cast<double>(labels.size());
}

ProbabilityScores probabilityScores(std::span<const float> probabilities, std::span<const int> labels,
                                    std::size_t classes) {
  const ConfusionMatrix confusion(classes, labels, mostProbable(probabilities, classes));
  const auto calibrationError = [&](Binning binning) {
    return expectedCalibrationError(reliability(probabilities, labels, classes, binning));
  };
  return {.top2 = topK(probabilities, labels, classes, 2),
          .kappa = cohenKappa(confusion),
          .mcc = matthews(confusion),
          .nll = negativeLogLikelihood(probabilities, labels, classes),
          .brier = brierScore(probabilities, labels, classes),
          .ece = calibrationError(Binning::kEqualWidth),
          .ece_equal_mass = calibrationError(Binning::kEqualMass),
          .per_class = oneVsRest(probabilities, labels, classes)};
}

}  // namespace fer::metrics
