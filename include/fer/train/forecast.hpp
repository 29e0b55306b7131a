#pragma once

#include <cstddef>
#include <string>

#include "fer/data/training_data.hpp"
#include "fer/nn/network.hpp"
#include "fer/train/compute.hpp"
#include "fer/train/experiment.hpp"

namespace fer::train {

/// What a training will take, found by doing a little of it.
struct Forecast {
  nn::ParameterCount parameters;
  double forward_flop = 0;        ///< of convolutions and dense layers, an image; a multiply-add counts two
  double training_flop = 0;       ///< likewise, backward pass included, with what is frozen in epoch 0
  std::size_t data_bytes = 0;     ///< pixels of training and validation images, and those equalised
  std::size_t state_bytes = 0;    ///< weights, and gradients and two moments where they are trained
  std::size_t restore_bytes = 0;  ///< early stopping's copy of the best weights
  std::size_t saved_bytes = 0;    ///< what a step's forward pass keeps for its backward pass; 0 on a GPU: not measured
  double trained_per_second = 0;  ///< images, with augmentation and loading
  double validated_per_second = 0;  ///< images
  double epoch_seconds = 0;         ///< training and validation
};

/// Trains a few steps, in a time of some seconds, and validates a few batches. `network` as prepareNetwork made it and
/// with starting weights; it is spoilt by this. On the CPU saved_bytes wants nn::reuseTensorMemory().
Forecast forecast(const Experiment& experiment, const data::TrainingData& data, nn::Network& network,
                  const Compute& compute);

/// Some lines for a person.
std::string forecastText(const Forecast& forecast, const TrainOptions& options);

}  // namespace fer::train
