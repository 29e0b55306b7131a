#pragma once

#include <memory>

#include "fer/train/options.hpp"
#include "train/hooks/hook.hpp"

namespace fer::train {

/// Keep an average of the network's weights and buffers, and lend it to the network while it is evaluated.

/// A running one, at every step. Its share of the old is decay, or less in the first steps; see EmaOptions.
std::unique_ptr<Hook> averageWeights(const EmaOptions& options);

/// The plain mean over the ends of epochs; see SwaOptions.
std::unique_ptr<Hook> averageWeights(const SwaOptions& options, std::size_t steps_per_epoch);

/// The share of the old average in the step after `steps` steps.
double emaDecay(const EmaOptions& options, std::int64_t steps);

}  // namespace fer::train
