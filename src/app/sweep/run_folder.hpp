#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/sweep/leaderboard.hpp"

namespace fer::app {

/// Whether a run has been trained until so many epochs were done (unset: to its end), or has ended before, stopped
/// early. Where it cannot be told, false: fer-train --resume then ends at once.
bool hasReached(const std::filesystem::path& run, std::optional<int> until);

/// Whether there is a run to go on with. A folder that holds none, of a training that was killed as it began, goes.
bool canResume(const std::filesystem::path& run);

/// At its best among the first `until` epochs (unset: all). Throws Error (bad data) where metrics.csv is missing or
/// damaged, or holds no finite value.
Score scoreOfRun(const std::filesystem::path& run, std::optional<int> until, const std::string& monitor);

}  // namespace fer::app
