#pragma once

#include <string>
#include <vector>

#include "fer/data/training_data.hpp"
#include "fer/nn/network.hpp"
#include "fer/train/experiment.hpp"

namespace fer::train {

/// Gives a network the weights that its training starts from: drawn from the seed, then those of model.weights or of
/// model.init over them, or what train.start makes of them. The same experiment and data give the same weights, in
/// every process of a training. Returns what was taken from where, a line each for the log. Throws Error (bad data) for
/// a file that does not fit and for images with nothing to whiten, and Error (usage) where a frozen body would have no
/// trained weights, and where train.start does not go with the network or with a file.
std::vector<std::string> setStartingWeights(const Experiment& experiment, const data::TrainingData& data,
                                            nn::Network& network);

}  // namespace fer::train
