#pragma once

#include <filesystem>

#include "app/train/prepared.hpp"

namespace fer::app {

/// fer-train --store-teachers: an epoch a line, and what to do next. Returns the exit code. Throws Error.
int storeTeachers(const train::Experiment& experiment, const Prepared& prepared, const std::filesystem::path& folder);

}  // namespace fer::app
