#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "fer/report/comparison/comparison.hpp"

namespace fer::report {

/// A run's name for each run: the folder's own ("experiments/a/" and "experiments/a/." are a), or the path as it was
/// given where two share it.
std::vector<std::string> runNames(const std::vector<RunResult>& runs);

/// An evaluation as an entry; all that follows from it alone is filled in.
Entry entryOf(Evaluated evaluated, const std::filesystem::path& run, const std::string& name);

/// The evaluations of a run as entries; each named after its variant. Takes them out of the run.
std::vector<Entry> entriesOf(RunResult& run, const std::string& name);

}  // namespace fer::report
