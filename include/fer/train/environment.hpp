#pragma once

#include <optional>
#include <string>

#include "fer/data/training_data.hpp"
#include "fer/nn/device.hpp"
#include "fer/train/experiment.hpp"

namespace fer::train {

/// Where a training that starts or goes on stands: steps of 0-based epochs.
struct SegmentStart {
  int epoch = 0;
  int step = 0;
};

/// environment.json: versions, machine, data and seed, for whoever wants to repeat a run; how many test images also
/// stand in its training images. Where a run was not made in one go, "segments" holds the versions and machine of each
/// start and resume so far, with the place from which it went on. `earlier` is the file as it was before this one.
/// Throws Error (bad data) that starts with `origin` where that is damaged or written by a newer fer.
std::string environmentText(const Experiment& experiment, const data::TrainingData& data,
                            const nn::ComputeConditions& conditions, SegmentStart start,
                            const std::optional<std::string>& earlier, const std::string& origin);

}  // namespace fer::train
