#pragma once

#include <cxxopts.hpp>

#include "fer/core/config/key_table.hpp"
#include "fer/data/options.hpp"

namespace fer::tools {

/// --height, --width, --channels and --classes: for datasets other than 48 x 48 grey images of seven classes.
void addImageOptions(cxxopts::Options& options);

/// What they say. No side may be below `smallest_side` pixels. Throws Error (usage).
data::DataOptions imageOptions(const cxxopts::ParseResult& arguments, int smallest_side = 1);

/// Sets the keys of a table, named as the options are ("--rows"), from those that are given. Throws Error (usage).
void applyOptions(const KeyTable& table, const cxxopts::ParseResult& arguments);

}  // namespace fer::tools
