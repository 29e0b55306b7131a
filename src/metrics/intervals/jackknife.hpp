#pragma once

#include "metrics/intervals/tally.hpp"

namespace fer::metrics {

/// The acceleration of each score for BCa: a sixth of the skewness of the scores without one row each; 0 where they are
/// all alike. `whole` is the tally of all rows, each once. Source: Efron and Tibshirani 1993, formula 14.15.
ScoreValues accelerations(const TalliedRows& rows, std::span<const int> labels, std::span<const int> predictions,
                          const Tally& whole);

}  // namespace fer::metrics
