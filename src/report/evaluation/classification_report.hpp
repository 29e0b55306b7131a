#pragma once

#include <string>
#include <vector>

#include "fer/metrics/scores.hpp"

namespace fer::report {

/// A table for the terminal, to the byte that of scikit-learn's classification_report(labels=all classes,
/// target_names=classes, digits=4, zero_division=0). Throws std::invalid_argument where names and scores differ in
/// number.
std::string classificationReport(const std::vector<std::string>& classes, const metrics::Scores& scores);

}  // namespace fer::report
