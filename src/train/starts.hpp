#pragma once

#include <string>
#include <vector>

#include "fer/data/training_data.hpp"
#include "fer/nn/network.hpp"
#include "fer/train/experiment.hpp"

namespace fer::train {

/// Does what train.start.* says to a network whose weights are drawn. Returns a line each for the log. The same
/// experiment and data give the same weights, in every process of a training. Throws Error (usage) where the network
/// has no such convolution, Error (bad data) where the images have nothing to whiten.
std::vector<std::string> applyStarts(const Experiment& experiment, const data::TrainingData& data,
                                     nn::Network& network);

}  // namespace fer::train
