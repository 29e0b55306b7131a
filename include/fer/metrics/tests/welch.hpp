#pragma once

#include <span>

#include "fer/metrics/intervals/interval.hpp"

namespace fer::metrics {

/// The means of two lists of numbers of unlike spread compared, e.g. the accuracies of two recipes over their seeds.
struct Welch {
  double difference = 0;  ///< the first's mean less the second's
  Interval interval;      ///< of the difference, 95 %
  double degrees = 0;     ///< of freedom, Welch and Satterthwaite's
  double p = 1;           ///< two-sided; where no list has a spread, 1 for equal means and 0 for others
};

/// Source: Welch, "The generalization of Student's problem when several different population variances are involved",
/// Biometrika 1947; scipy.stats.ttest_ind(equal_var=False). Throws std::invalid_argument where a list has fewer than
/// two numbers.
Welch welch(std::span<const double> first, std::span<const double> second);

}  // namespace fer::metrics
