#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/sweep/sweep_file.hpp"

namespace fer::app {

/// One thing to try: values for the keys that are swept, by their names. Each of its runs has a seed.
struct Trial {
  std::string name;  ///< "07": its number from 1, with as many digits as the last one has
  std::vector<std::pair<std::string, nlohmann::json>> values;
};

/// All trials in their order. Of a grid: keys by name, the last one changes fastest. Of random draws: a value depends
/// on the seed, the trial's number and the key's name alone, so that more runs or another key leave the rest as it was.
std::vector<Trial> trialsOf(const SweepFile& sweep);

/// A number of a range as the runs get it: four significant digits are kept, or it is whole.
nlohmann::json drawnNumber(Drawn::Kind kind, double number);

/// One training: a trial with a seed.
struct PlannedRun {
  std::size_t trial = 0;              ///< index into the trials
  std::string name;                   ///< of its folder: "07", or "07-seed2"
  std::optional<std::uint32_t> seed;  ///< unset: the config's
};

/// In the trials' order, each trial's seeds in theirs.
std::vector<PlannedRun> runsOf(const SweepFile& sweep, const std::vector<Trial>& trials);

/// "key=value" for the keys of a trial and the run's seed, as --set takes them.
std::vector<std::string> assignmentsOf(const Trial& trial, const PlannedRun& run);

}  // namespace fer::app
