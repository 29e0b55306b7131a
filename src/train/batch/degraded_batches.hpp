#pragma once

#include <memory>

#include "fer/train/experiment.hpp"
#include "train/batch/batch_source.hpp"

namespace fer::train {

/// The batches of `inner`, which lie on `device`, with augment.blur and augment.noise; `inner` itself where both are
/// off.
std::unique_ptr<BatchSource> degradedBatches(std::unique_ptr<BatchSource> inner, const Experiment& experiment,
                                             c10::Device device);

}  // namespace fer::train
