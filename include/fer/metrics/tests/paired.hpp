#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace fer::metrics {

/// Two models on the same rows: does one get more right than chance explains?
struct McNemar {
  std::int64_t only_first = 0;   ///< rows that the first alone got right
  std::int64_t only_second = 0;  ///< rows that the second alone got right
  double exact = 1;              ///< two-sided p of the binomial test; 1 where the two counts are equal
  double mid_p = 1;              ///< less half of the observed outcome's probability twice: less conservative
};

/// Source: McNemar, Psychometrika 1947; statsmodels.stats.contingency_tables.mcnemar(exact=True); mid-p: Fagerland,
/// Lydersen and Laake, BMC Medical Research Methodology 2013. Throws std::invalid_argument where the lists differ in
/// length.
McNemar mcnemar(std::span<const int> labels, std::span<const int> first, std::span<const int> second);

/// The p values corrected for their number by Holm's step-down procedure, in the order given.
/// Source: Holm, Scandinavian Journal of Statistics 1979; statsmodels.stats.multitest.multipletests(method="holm").
std::vector<double> holm(std::span<const double> p);

}  // namespace fer::metrics
