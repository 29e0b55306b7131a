#pragma once

#include <vector>

#include "fer/metrics/intervals/interval.hpp"

namespace fer::metrics {

/// numpy.percentile of the draws at (1 -+ confidence) / 2. Throws std::invalid_argument where there are no draws or the
/// confidence is not inside 0..1.
Interval percentileInterval(std::vector<double> draws, double confidence);

/// Bias-corrected and accelerated, as scipy.stats.bootstrap(method="BCa") has it, but for two cases that SciPy answers
/// with NaN or with an interval beside the estimate: where all draws are alike, it is that value twice; and where so
/// many draws lie on one side of the estimate that the corrected interval misses it, it is extended to the estimate.
/// Source: Efron and Tibshirani 1993, formulas 14.9 and 14.10.
Interval bcaInterval(std::vector<double> draws, double estimate, double acceleration, double confidence);

}  // namespace fer::metrics
