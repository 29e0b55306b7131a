#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

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

/// By its name, "val_loss" or "val_accuracy".
double valueOf(const Score& score, const std::string& name);

/// The one of the two that does not rule.
std::string otherThan(const std::string& monitor);

/// The mean over the seeds of "val_loss" or "val_accuracy"; there is one score at least.
double meanOf(const std::vector<Score>& scores, const std::string& name);

/// Whether a trial has a place: it has been trained as far as it should.
bool hasPlace(const Standing& standing);

/// Best first, by the monitor's mean over the seeds: val_loss is better the lower, val_accuracy the higher. Among
/// equals the other of the two decides, then the trials' order. Then comes what has not finished, then what failed. A
/// trial of which a seed failed has failed: the mean of the rest would flatter it.
std::vector<Standing> ranked(std::vector<Standing> standings, const std::string& monitor);

}  // namespace fer::app
