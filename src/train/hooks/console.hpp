#pragma once

#include <memory>

#include "fer/core/log.hpp"
#include "fer/train/options.hpp"
#include "train/hooks/hook.hpp"

namespace fer::train {

/// What a person sees of a training, each a hook of its own.

/// A bar while an epoch of `images` images is trained, with loss and accuracy where they are known; and a line where
/// other programs slow `threads` threads down. `terminal`: whether the log's watcher is one.
std::unique_ptr<Hook> progressBar(Log& log, bool terminal, int epochs, std::size_t images, int threads);

/// A line an epoch, and one at the end. After all hooks that write notes.
std::unique_ptr<Hook> epochLines(Log& log, int epochs);

}  // namespace fer::train
