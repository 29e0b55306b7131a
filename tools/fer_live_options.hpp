#pragma once

#include <cxxopts.hpp>
#include <string>

#include "fer/app/live.hpp"

namespace fer::tools {

void addLiveOptions(cxxopts::Options& options);

/// Throws Error (usage) where options do not go together.
app::LiveRequest readLiveRequest(const cxxopts::ParseResult& arguments);

}  // namespace fer::tools
