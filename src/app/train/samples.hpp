#pragma once

#include "fer/data/training_data.hpp"
#include "fer/report/picture/picture.hpp"
#include "fer/train/experiment.hpp"

namespace fer::app {

/// A sheet of the first 32 images that the training sees, as it sees them: in the order of the first epoch, augmented
/// with its numbers, their classes below them.
report::Picture trainingSamples(const train::Experiment& experiment, const data::TrainingData& data);

}  // namespace fer::app
