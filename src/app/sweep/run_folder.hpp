#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/sweep/leaderboard.hpp"

namespace fer::app {

/// Whether a run has got to the end of a rung of so many epochs: trained them all, or was stopped early by then. The
/// first rung is over when a run's final weights are there; later ones (which resume it) when its epochs are, and the
/// final weights are of them. Where it cannot be told, false: fer-train --resume then ends at once.
bool hasReached(const std::filesystem::path& run, std::optional<int> epochs, bool first_rung);

/// Whether there is a run to go on with. A folder that holds none, of a training that was killed as it began, goes.
bool canResume(const std::filesystem::path& run);

/// Of a run that has reached that rung (unset: all its epochs). Throws Error (bad data) where metrics.csv is missing or
/// damaged, or holds no finite value.
Score scoreOfRun(const std::filesystem::path& run, std::optional<int> epochs, const std::string& monitor);

}  // namespace fer::app
