#pragma once

#include <memory>

#include "fer/train/options.hpp"
#include "train/hooks/hook.hpp"

namespace fer::train {

/// Keeps slow weights. After every options.steps steps these go options.alpha of the way to the network's, and the
/// network begins again from there. Batch norms' running values are left alone.
std::unique_ptr<Hook> lookahead(const LookaheadOptions& options);

}  // namespace fer::train
