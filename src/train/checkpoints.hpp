#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "fer/core/run/directory.hpp"
#include "fer/data/training_data.hpp"
#include "fer/nn/checkpoint.hpp"
#include "fer/train/experiment.hpp"
#include "fer/train/training_state.hpp"
#include "train/hooks/hook.hpp"
#include "train/optim/optimiser.hpp"

namespace fer::train {

/// The checkpoints of a run: best.safetensors and final.safetensors hold a model, last.safetensors all that a training
/// needs to go on. All that is given outlives it.
class Checkpoints {
 public:
  Checkpoints(const Experiment& experiment, const data::TrainingData& data, nn::Network& network, Optimiser& optimiser,
              RunDirectory run);

  /// Before hours of training, not after: room for the checkpoints, and for each one's replacement beside it. Throws
  /// Error where the disk has less.
  void requireSpace(bool fresh) const;

  /// `epoch`: whose weights the network has.
  void saveModel(const std::string& which, int epoch) const;
  void saveLast(const TrainingState& state, const Hooks& hooks) const;

  /// A last.safetensors that has been read and belongs to this run.
  struct Last {
    std::string origin;  ///< its path
    nn::TensorFile file;
    TrainingState state;
    nlohmann::json hooks;  ///< what they remember, by name
  };

  /// Throws Error (bad data) where it is damaged, of other data, of another model, or of more steps in an epoch than
  /// `steps_per_epoch`.
  Last readLast(std::size_t steps_per_epoch) const;

  /// Puts weights, moments and what hooks remember back; the optimiser has the parameters of the state's epoch already.
  void restore(const Last& last, const Hooks& hooks) const;

 private:
  nn::CheckpointDescription description(int epoch) const;

  const Experiment& experiment_;
  const data::TrainingData& data_;
  nn::Network& network_;
  Optimiser& optimiser_;
  RunDirectory run_;
};

/// Of the weights that the network has in this state.
int weightsEpoch(const TrainingState& state);

}  // namespace fer::train
