#pragma once

#include <cxxopts.hpp>

#include "fer/data/options.hpp"

namespace fer::tools {

/// --folds and --split-seed: to look at the cut of data.protocol=kfold.
void addFoldOptions(cxxopts::Options& options);

/// Puts the protocol "kfold" with them into `data` where --folds is given. Throws Error (usage).
void readFoldOptions(const cxxopts::ParseResult& arguments, data::DataOptions& data);

}  // namespace fer::tools
