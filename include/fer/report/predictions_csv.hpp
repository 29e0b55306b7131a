#pragma once

#include <string>

#include "fer/metrics/evaluation.hpp"

namespace fer::report {

/// One line a row: row, usage, label, predicted, and the probability of each class under the class's name. label and
/// predicted are class codes (indexes into the classes); row is the 0-based row of the dataset's file. Floats are the
/// shortest text that reads back to the same float; names are quoted where CSV (RFC 4180) needs it; lines end with LF.
/// Throws std::invalid_argument where the evaluation's lists differ in length.
std::string predictionsCsv(const metrics::Evaluation& evaluation);

}  // namespace fer::report
