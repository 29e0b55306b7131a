#pragma once

#include <string>

#include "fer/metrics/summary.hpp"

namespace fer::report {

/// What the cells of a confusion matrix show.
enum class Cells {
  kCounts,  ///< rows of the dataset
  kRecall,  ///< share of the true class's rows; the diagonal is recall
};

/// A self-contained SVG picture of the confusion matrix over all rows of the evaluation.
std::string confusionSvg(const metrics::Summary& summary, Cells cells);

}  // namespace fer::report
