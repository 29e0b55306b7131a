#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/sweep/trials.hpp"
#include "fer/app/sweep.hpp"

namespace fer::app {

/// A sweep whose every run has been checked.
struct SweepPlan {
  std::string text;  ///< of the sweep's file
  SweepFile sweep;
  std::vector<Trial> trials;
  std::vector<PlannedRun> runs;
  std::string base;  ///< the config of all runs, as a config file
};

/// Reads a new sweep's file and resolves its base; threads are shared out among the runs at once. Throws Error: usage;
/// bad data where a run's dataset is missing.
SweepPlan newPlan(const SweepRequest& request);

/// Of a sweep's folder. Throws likewise.
SweepPlan savedPlan(const std::filesystem::path& file, const std::filesystem::path& base);

/// The command that begins a run in `folder`, or goes on with it where `resumes`, until so many epochs are done; unset:
/// to its end. Throws Error where there is no fer-train.
std::vector<std::string> trainCommand(const SweepPlan& plan, const PlannedRun& run, const std::filesystem::path& base,
                                      const std::filesystem::path& folder, std::optional<int> until, bool resumes);

}  // namespace fer::app
