#pragma once

#include "fer/train/options.hpp"

namespace fer::train {

/// Keys train.optimiser.*, train.schedule.*, train.loss.*, train.mix.*, train.ema.*: what a recipe is made of.
void describeRecipe(TrainOptions& options, KeyTable& table);

}  // namespace fer::train
