#pragma once

#include <string>
#include <vector>

#include "app/sweep/standing.hpp"
#include "app/sweep/trials.hpp"

namespace fer::app {

/// CSV, a row a trial: rank, trial, state, the monitor's mean, least and greatest over the seeds, the other value's
/// mean, the number of seeds, epochs, the swept keys by their paths, error.
std::string leaderboardCsv(const std::vector<Trial>& trials, const std::vector<Standing>& ranked,
                           const std::string& monitor);

/// The same for a terminal, with short names of keys.
std::string leaderboardText(const std::vector<Trial>& trials, const std::vector<Standing>& ranked,
                            const std::string& monitor);

}  // namespace fer::app
