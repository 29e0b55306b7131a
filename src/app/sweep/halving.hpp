#pragma once

#include <cstddef>
#include <vector>

#include "app/sweep/sweep_file.hpp"

namespace fer::app {

/// Epochs at which the trials are compared, the last rung included: first_epochs, times factor at each rung, never more
/// than epochs. 5, 3 and 45 give 5, 15, 45; 5, 3 and 50 give 5, 15, 45, 50.
std::vector<int> rungsOf(const Halving& halving);

/// How many of so many trials go on from a rung: 1/factor of them, rounded down, but one at least; 0 of 0.
std::size_t keptOf(std::size_t trials, int factor);

}  // namespace fer::app
