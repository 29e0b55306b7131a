#pragma once

#include "fer/data/protocol.hpp"

namespace fer::data {

/// Protocol "kfold": see protocols().
Split cutFolds(const Dataset& dataset, const DataOptions& options);

}  // namespace fer::data
