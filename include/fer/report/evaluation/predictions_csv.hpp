#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fer/metrics/evaluation.hpp"

namespace fer::report {

/// One line a row: row, usage, label, predicted, and the probability of each class under the class's name. label and
/// predicted are class codes (indexes into the classes); row is the 0-based row of the dataset's file. Floats are the
/// shortest text that reads back to the same float; names are quoted where CSV (RFC 4180) needs it; lines end with LF.
/// Throws std::invalid_argument where the evaluation's lists differ in length.
std::string predictionsCsv(const metrics::Evaluation& evaluation);

/// What predictions.csv holds. Plain values; all lists but `classes` have an entry a row.
struct Predictions {
  std::vector<std::string> classes;
  std::vector<std::uint32_t> rows;  ///< ascending, none twice
  std::vector<std::string> usages;
  std::vector<int> labels;
  std::vector<int> predicted;        ///< the most probable class
  std::vector<float> probabilities;  ///< rows x classes, each 0..1
};

/// The reverse of predictionsCsv; rows are put in ascending order. Throws Error (bad data) that names origin:line and
/// the column: for another header, a row of another length or that stands twice, a label that is no class, a prediction
/// that is not the most probable class, a probability outside 0..1.
Predictions parsePredictionsCsv(std::string_view text, const std::string& origin);

}  // namespace fer::report
