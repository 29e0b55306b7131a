#pragma once

#include <cxxopts.hpp>

#include "fer/app/predict_pictures.hpp"

namespace fer::tools {

void addPredictOptions(cxxopts::Options& options);

/// Throws Error (usage) where options do not go together.
app::PredictRequest readPredictRequest(const cxxopts::ParseResult& arguments);

}  // namespace fer::tools
