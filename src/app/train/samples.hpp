#pragma once

#include <string>

#include "fer/data/training_data.hpp"
#include "fer/train/experiment.hpp"

namespace fer::app {

/// A sheet of the first 32 images that the training sees, as it sees them: in the order of the first epoch, augmented
/// with its numbers, their classes below them; as the bytes of a PNG file. Throws Error where fer was built without
/// OpenCV.
std::string trainingSamples(const train::Experiment& experiment, const data::TrainingData& data);

}  // namespace fer::app
