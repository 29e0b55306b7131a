#pragma once

#include <cxxopts.hpp>

#include "fer/app/evaluate_run.hpp"

namespace fer::tools {

void addEvalOptions(cxxopts::Options& options);

/// Throws Error (usage) where options do not go together.
app::EvalRequest readEvalRequest(const cxxopts::ParseResult& arguments);

}  // namespace fer::tools
