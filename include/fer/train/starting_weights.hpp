#pragma once

#include <string>
#include <vector>

#include "fer/nn/network.hpp"
#include "fer/train/experiment.hpp"

namespace fer::train {

/// Gives a network the weights that its training starts from: drawn from the seed, then those of model.weights or of
/// model.init over them; `classes` are those of its data. Returns what was taken from where, a line each for the log.
/// Throws Error (bad data) for a file that does not fit, and Error (usage) where a frozen body would have no trained
/// weights.
std::vector<std::string> setStartingWeights(const Experiment& experiment, const std::vector<std::string>& classes,
                                            nn::Network& network);

}  // namespace fer::train
