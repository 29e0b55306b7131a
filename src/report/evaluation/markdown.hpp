#pragma once

#include <string>

#include "fer/metrics/summary.hpp"

namespace fer::report {

/// report.md: the scores over all rows and over the leak-free ones side by side, the classes, the confusion matrices
/// (the files that writeEvaluation puts beside it) and where weights and data came from.
std::string evaluationMarkdown(const metrics::Summary& summary);

}  // namespace fer::report
