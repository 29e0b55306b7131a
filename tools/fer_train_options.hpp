#pragma once

#include <cxxopts.hpp>

#include "fer/app/train_run.hpp"

namespace fer::tools {

void addTrainOptions(cxxopts::Options& options);

/// Throws Error (usage) where options do not go together.
app::TrainRequest readTrainRequest(const cxxopts::ParseResult& arguments);

}  // namespace fer::tools
