#pragma once

#include <memory>

#include "fer/train/options.hpp"
#include "train/hooks/hook.hpp"

namespace fer::train {

/// Keeps a running average of the network's weights and buffers, and lends it to the network while it is evaluated.
/// Its share of the old is decay, or less in the first steps; see EmaOptions.
std::unique_ptr<Hook> averageWeights(const EmaOptions& options);

/// The share of the old average in the step after `steps` steps.
double emaDecay(const EmaOptions& options, std::int64_t steps);

}  // namespace fer::train
