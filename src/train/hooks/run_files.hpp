#pragma once

#include <memory>

#include "fer/core/run/directory.hpp"
#include "train/checkpoints.hpp"
#include "train/hooks/hook.hpp"

namespace fer::train {

/// What a training leaves in its run, each a hook of its own.

/// last.safetensors: at the first moment, every `every` epochs, at the end, and where it pauses; and
/// final.safetensors at the end. `hooks` are all hooks of the training, whose memories go into it.
std::unique_ptr<Hook> keepCheckpoints(const Checkpoints& checkpoints, const Hooks& hooks, int epochs, int every);

/// metrics.csv and timing.csv, anew at the first moment and after every epoch.
std::unique_ptr<Hook> epochTables(const RunDirectory& run);

}  // namespace fer::train
