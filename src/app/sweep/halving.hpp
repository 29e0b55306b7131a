#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/sweep/sweep_file.hpp"

namespace fer::app {

/// A round of successive halving: so many trials are trained until so many epochs are done, then compared.
struct Rung {
  int epochs = 0;
  std::size_t trials = 0;
  bool operator==(const Rung& other) const = default;
};

/// All rungs. Epochs: first_epochs, times factor at each, never more than epochs; 5, 3 and 45 give 5, 15, 45, and 5, 3
/// and 50 give 5, 15, 45, 50. Trials: 1/factor of those before, rounded down, but one at least.
std::vector<Rung> rungsOf(const Halving& halving, std::size_t trials);

/// "9 trials to epoch 15".
std::string rungText(const Rung& rung);

}  // namespace fer::app
