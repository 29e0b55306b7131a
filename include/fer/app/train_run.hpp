#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "fer/core/run/directory.hpp"
#include "fer/train/experiment.hpp"
#include "fer/train/forecast.hpp"

namespace fer::app {

/// A training as a user asks for it.
struct TrainRequest {
  train::LoadedExperiment loaded;
  bool dry_run = false;                                 ///< say what it would take, and write nothing
  std::optional<RunDirectory> resumed;                  ///< unset: a new run
  std::filesystem::path out;                            ///< wanted folder of a new run
  bool allow_inexact = false;                           ///< resume although machine, threads or LibTorch differ
  std::optional<int> until;                             ///< pause when so many epochs are done; unset: train to the end
  std::optional<std::filesystem::path> store_teachers;  ///< store what teachers say in this folder, and train nothing
  bool watch = false;                                   ///< the run's page is kept up to date while it trains
};

/// A new run of a config (a path, or a shipped config's name) with `assignments` ("train.epochs=5") over it; `out` is
/// experiments/<config's name>. Throws Error (usage).
TrainRequest newTraining(const std::string& config, const std::optional<std::string>& data,
                         const std::vector<std::string>& assignments);

/// An interrupted run, of which assignments may change train.epochs and machine.* only. Throws Error.
TrainRequest resumedTraining(const std::string& run, const std::optional<std::string>& data,
                             const std::vector<std::string>& assignments);

/// What the training would take, from a few steps; nothing is written. Throws Error.
train::Forecast forecastTraining(TrainRequest request);

/// Trains, logs to stdout and into the run, and says which command comes next; `self` is how this one was called.
/// Returns the exit code: 0, when it has paused, too, or 128 + the signal that interrupted it (the run is then saved).
/// Throws Error.
int trainRun(TrainRequest request, const std::string& self);

}  // namespace fer::app
