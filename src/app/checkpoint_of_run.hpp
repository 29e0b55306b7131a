#pragma once

#include <string>

#include "fer/core/run/directory.hpp"
#include "fer/nn/checkpoint.hpp"

namespace fer::app {

/// The network of a run's checkpoint `which`: best, last or final. Throws Error (bad data) that says when it is written
/// where it is not there yet; and Error (usage) for the best of a run by protocol refit, which was chosen on training
/// rows.
nn::LoadedModel loadCheckpoint(const RunDirectory& run, const std::string& which);

}  // namespace fer::app
