#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace fer::app {

/// A sweep as a user asks for it: many trainings whose configs differ, compared on their validation images.
struct SweepRequest {
  std::filesystem::path file;       ///< of a new sweep: docs/sweep.md says what it holds
  std::optional<std::string> data;  ///< of a new sweep: the dataset
  std::filesystem::path out;        ///< of a new sweep; empty: experiments/<file's name>
  std::filesystem::path resumed;    ///< the folder of a sweep to go on with; empty: a new one
  int parallel = 1;                 ///< runs at once, >= 1
  bool dry_run = false;             ///< list the runs and say how long they would take; write nothing
};

/// Trains every run by a fer-train of its own and keeps DIR/leaderboard.csv up to date; a run that fails is a row of
/// it. The test split is never read. `self` is how this command was called. Returns the exit code: 0, or 128 + the
/// signal that interrupted it (the runs are then saved). Throws Error: usage for the file, bad data for
/// a dataset that is not there, before anything runs; where no run came to its end.
int runSweep(const SweepRequest& request, const std::string& self);

}  // namespace fer::app
