#pragma once

#include <string>

#include "fer/metrics/summary.hpp"

namespace fer::report {

/// An evaluation for the terminal: the classification report, then in lines that stand one below the other the scores
/// with their intervals, the leak-free ones, and what the probabilities, calibration and cost are, where known.
std::string evaluationText(const metrics::Summary& summary);

}  // namespace fer::report
