#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/sweep/plan.hpp"
#include "fer/report/history.hpp"

namespace fer::app {

/// What a run reached on the validation images at its best epoch.
struct Score {
  double loss = 0;
  double accuracy = 0;
  int epochs = 0;  ///< trained
};

/// By the monitor's best value among the first `epochs` epochs, the earliest of equals; nothing where none is finite.
std::optional<Score> scoreOf(const report::History& history, int epochs, const std::string& monitor);

/// Where a trial stands.
struct Standing {
  enum class State { kFinished, kCut, kFailed, kUnfinished };
  std::size_t trial = 0;
  State state = State::kUnfinished;
  std::vector<Score> scores;  ///< one a seed; those of a failed or unfinished trial do not count
  std::string error;          ///< of a failed one
};

/// Lower is better for val_loss, higher for val_accuracy; the mean over the seeds counts.
bool isBetter(const Standing& one, const Standing& other, const std::string& monitor);

/// Best first, equals in the trials' order; then what has not finished, then what failed. A trial of which a seed
/// failed has failed: the mean of the rest would flatter it.
std::vector<Standing> ranked(std::vector<Standing> standings, const std::string& monitor);

/// CSV, a row a trial: rank, trial, state, the monitor's mean, least and greatest over the seeds, the other value's
/// mean, the number of seeds, epochs, the swept keys by their paths, error.
std::string leaderboardCsv(const std::vector<Trial>& trials, const std::vector<Standing>& ranked,
                           const std::string& monitor);

/// The same for a terminal, with short names of keys.
std::string leaderboardText(const std::vector<Trial>& trials, const std::vector<Standing>& ranked,
                            const std::string& monitor);

/// The last part of each key's path where it is unlike all others', else the path.
std::vector<std::string> shortNames(const std::vector<std::string>& keys);

/// Words as they are, other values as JSON.
std::string shownValue(const nlohmann::json& value);

}  // namespace fer::app
