#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "fer/metrics/summary.hpp"

namespace fer::report {

/// The schema that this program writes. It reads every older one too; a newer one is refused.
constexpr int kEvaluationSchema = 2;

/// evaluation.json: where the evaluation came from, its scores with their intervals, its confusion matrices.
/// docs/evaluation.md lists the keys.
std::string evaluationJson(const metrics::Summary& summary);

/// The reverse. The scores follow from the confusion matrices again; a file whose own scores differ from them is
/// refused. Throws Error (bad data) with the origin (a path) and the key, where the text is damaged or of a newer
/// schema.
metrics::Summary parseEvaluationJson(std::string_view text, const std::string& origin);

/// parseEvaluationJson of a file. Throws Error (bad data) where it cannot be read, too.
metrics::Summary readEvaluationJson(const std::filesystem::path& path);

}  // namespace fer::report
