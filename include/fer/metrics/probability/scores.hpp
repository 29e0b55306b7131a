#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "fer/metrics/confusion.hpp"

namespace fer::metrics {

/// Agreement beyond chance, -1..1; 0 where chance alone decides (a ratio 0 / 0). Rows and columns may as well be two
/// models' predictions. Source: Cohen 1960; sklearn.metrics.cohen_kappa_score.
double cohenKappa(const ConfusionMatrix& confusion);

/// Matthews' correlation coefficient for many classes, -1..1. Source: Gorodkin 2004; sklearn.metrics.matthews_corrcoef.
double matthews(const ConfusionMatrix& confusion);

/// Share of rows whose label is among the k most probable classes; of equal ones the first count, as for the
/// prediction.
double topK(std::span<const float> probabilities, std::span<const int> labels, std::size_t classes, std::size_t k);

/// One class against the rest by its probability. NaN where the class has no rows, or all.
/// Source: sklearn.metrics.roc_auc_score and average_precision_score.
struct OneVsRest {
  double roc_auc = 0;
  double average_precision = 0;
};
std::vector<OneVsRest> oneVsRest(std::span<const float> probabilities, std::span<const int> labels,
                                 std::size_t classes);

/// What an evaluation's probabilities say beyond its predictions.
struct ProbabilityScores {
  double top2 = 0;
  double kappa = 0;
  double mcc = 0;
  double nll = 0;
  double brier = 0;
  double ece = 0;  ///< equal width
  double ece_equal_mass = 0;
  std::vector<OneVsRest> per_class;
};
ProbabilityScores probabilityScores(std::span<const float> probabilities, std::span<const int> labels,
                                    std::size_t classes);

}  // namespace fer::metrics
