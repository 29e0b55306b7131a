#pragma once

#include <string>

#include "fer/core/run/directory.hpp"
#include "fer/nn/checkpoint.hpp"

namespace fer::app {

/// The network of a run's checkpoint `which`: best, last or final. Throws Error (bad data) that says when it is written
/// where it is not there yet.
nn::LoadedModel loadCheckpoint(const RunDirectory& run, const std::string& which);

}  // namespace fer::app
