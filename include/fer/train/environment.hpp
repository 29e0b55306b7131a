#pragma once

#include <string>

#include "fer/data/training_data.hpp"
#include "fer/nn/device.hpp"
#include "fer/train/experiment.hpp"

namespace fer::train {

/// environment.json: versions, machine, data and seed, for whoever wants to repeat a run; and how many test images also
/// stand in its training images.
std::string environmentText(const Experiment& experiment, const data::TrainingData& data,
                            const nn::ComputeConditions& conditions);

}  // namespace fer::train
