#pragma once

#include <cxxopts.hpp>

#include "fer/serve/http/server.hpp"

namespace fer::tools {

void addServeOptions(cxxopts::Options& options);

/// Throws Error: usage where options do not go together, bad data for a file of streams.
serve::ServerOptions readServeOptions(const cxxopts::ParseResult& arguments);

}  // namespace fer::tools
