#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "fer/metrics/summary.hpp"

namespace fer::report {

/// A run directory and what it scored on a split.
struct RunResult {
  std::filesystem::path folder;             ///< as it was given
  std::optional<metrics::Summary> summary;  ///< none where the run was not evaluated on the split
};

/// Reads a run's eval/<split>/evaluation.json. Nothing where the path is no run: a file, or a folder with neither
/// config.json nor such an evaluation. Throws Error (bad data) where the path does not exist or cannot be entered, and
/// where the evaluation is damaged.
std::optional<RunResult> readRunResult(const std::filesystem::path& folder, const std::string& split);

}  // namespace fer::report
