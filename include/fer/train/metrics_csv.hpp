#pragma once

#include <string>
#include <vector>

#include "fer/train/training_state.hpp"

namespace fer::train {

/// metrics.csv: epoch (0-based), then the values in the order of their names, a row an epoch; numbers in the shortest
/// form that reads back the same. Source: keras.callbacks.CSVLogger.
std::string metricsCsv(const std::vector<EpochLogs>& rows);

/// timing.csv: epoch, seconds of training and validation, images trained on a second.
std::string timingCsv(const std::vector<EpochTiming>& timing);

}  // namespace fer::train
