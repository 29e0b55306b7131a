#pragma once

#include "fer/train/options.hpp"

namespace fer::train {

constexpr double kMany = 1e6;  ///< the upper bound of what has none of its own

/// Keys train.start.*, train.optimiser.*, train.schedule.*, train.loss.*, train.mix.*, train.ema.*: what a recipe is
/// made of.
void describeRecipe(TrainOptions& options, KeyTable& table);

}  // namespace fer::train
