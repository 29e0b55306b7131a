#pragma once

#include <filesystem>

#include "fer/metrics/evaluation.hpp"

namespace fer::report {

/// Writes predictions.csv, confusion_matrix.svg, confusion_matrix_normalized.svg, report.md and, last, evaluation.json
/// into the folder, which is made where it is missing. Each file appears whole or not at all, so that evaluation.json
/// stands only beside the others. Throws Error with the path, std::invalid_argument where the evaluation's lists do not
/// fit.
void writeEvaluation(const metrics::Evaluation& evaluation, const std::filesystem::path& folder);

}  // namespace fer::report
