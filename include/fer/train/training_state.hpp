#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "fer/nn/device.hpp"
#include "fer/train/epoch_values.hpp"

namespace fer::train {

/// How long an epoch took; kept apart from its values, which a repetition must reproduce.
struct EpochTiming {
  double train_seconds = 0;
  double validation_seconds = 0;
  std::int64_t images = 0;  ///< trained on
};

/// Where a training stands, but for tensors and what hooks remember: enough to go on as if it had never stopped.
struct TrainingState {
  int epoch = 0;             ///< 0-based, the one under way
  int step = 0;              ///< steps of that epoch already done
  Sums sums;                 ///< over those steps
  double train_seconds = 0;  ///< spent on them
  double lr = 0;
  std::int64_t optimiser_steps = 0;
  std::vector<EpochLogs> rows;      ///< of the finished epochs
  std::vector<EpochTiming> timing;  ///< likewise
  std::optional<std::string> stop;  ///< why no epoch follows; unset while one does
  std::optional<int> restored;      ///< the epoch whose weights were put back when it stopped; unset: none were
  nn::ComputeConditions conditions;
};

nlohmann::json toJson(const TrainingState& state);

/// Throws Error (bad data) where a value is missing, of the wrong type, or impossible, or the schema is newer.
TrainingState stateFromJson(const nlohmann::json& value, const std::string& origin);

}  // namespace fer::train
