#pragma once

#include <functional>
#include <memory>

#include "fer/train/options.hpp"
#include "train/hooks/hook.hpp"

namespace fer::train {

/// Calls `keep(epoch)` when the monitored value is the best so far. Source: keras.callbacks.ModelCheckpoint.
std::unique_ptr<Hook> bestCheckpoint(const CheckpointOptions& options, std::function<void(int epoch)> keep);

/// Calls `keep(epoch)` at the end of every epoch: where no value says which is the best.
std::unique_ptr<Hook> latestCheckpoint(std::function<void(int epoch)> keep);

/// Stops the training, and puts the best weights back where options say so. See early_stopping.hpp.
std::unique_ptr<Hook> earlyStopping(const EarlyStoppingOptions& options);

/// Cuts the learning rate. See reduce_lr.hpp.
std::unique_ptr<Hook> reduceLrOnPlateau(const ReduceLrOptions& options);

}  // namespace fer::train
