#pragma once

#include <array>
#include <nlohmann/json_fwd.hpp>

#include "fer/metrics/summary.hpp"

namespace fer::report {

/// The keys of the scores that have an interval, in the order of metrics::Score.
constexpr std::array<const char*, metrics::kScores> kScoreKeys{"accuracy", "balanced_accuracy", "macro_f1",
                                                               "weighted_f1", "ece"};

/// The keys rows, scores and confusion_matrix of a set of rows, as the writer puts them and the reader expects them.
nlohmann::ordered_json scoredRowsJson(const metrics::ScoredRows& scored, const std::vector<std::string>& classes);

}  // namespace fer::report
