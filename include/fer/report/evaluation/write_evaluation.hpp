#pragma once

#include <filesystem>

#include "fer/metrics/evaluation.hpp"
#include "fer/metrics/summary.hpp"

namespace fer::report {

/// Writes predictions.csv, confusion_matrix.svg, confusion_matrix_normalized.svg, report.md and, last, evaluation.json
/// into the folder, which is made where it is missing. Each file appears whole or not at all, so that evaluation.json
/// stands only beside the others. Returns the summary that they were drawn from. Throws Error with the path,
/// std::invalid_argument where the evaluation's lists do not fit.
metrics::Summary writeEvaluation(const metrics::Evaluation& evaluation, const std::filesystem::path& folder);

}  // namespace fer::report
