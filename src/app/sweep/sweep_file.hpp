#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fer/core/config/key_table.hpp"

namespace fer::app {

/// What a random search draws a key's value from.
struct Drawn {
  enum class Kind { kUniform, kLog, kInt, kChoice };
  Kind kind = Kind::kUniform;
  double low = 0;  ///< of all kinds but kChoice; both ends included
  double high = 0;
  std::vector<nlohmann::json> choices{};
};

/// Successive halving: all trials are trained for a few epochs and pause, the best 1/factor of them go on, and so
/// forth. Each is a part of one training of `epochs` epochs, whose schedule it follows from the start. Source: Jamieson
/// and Talwalkar, "Non-stochastic Best Arm Identification and Hyperparameter Optimization", AISTATS 2016.
struct Halving {
  int factor = 3;
  int first_epochs = 1;  ///< of the first rung; each further one has `factor` times as many
  int epochs = 1;        ///< of the last: train.epochs of all runs
};

/// A sweep as its file says it: what is tried is every combination of `grid`, or `random_runs` draws of `random`, each
/// once for each seed.
struct SweepFile {
  std::string base;                                         ///< the config that all runs begin from
  nlohmann::json set = nlohmann::json::object();            ///< keys over it, the same for all runs
  std::map<std::string, std::vector<nlohmann::json>> grid;  ///< values by key
  std::map<std::string, Drawn> random;
  int random_runs = 0;
  std::uint32_t random_seed = 1;
  std::vector<std::uint32_t> seeds;  ///< of train.seed; empty: the config's
  std::optional<Halving> halving;
  std::string monitor = "val_loss";  ///< or val_accuracy
};

/// Reads a sweep's file. Throws Error (usage) that names the file and the path within it.
SweepFile parseSweep(std::string_view text, const std::string& origin);

/// Refuses what the configs' table of keys does not take: unknown keys, values and ends of ranges that are impossible,
/// keys that seeds or halving set. The table's values are overwritten. Throws Error (usage).
void checkKeys(const SweepFile& sweep, const KeyTable& table, const std::string& origin);

}  // namespace fer::app
