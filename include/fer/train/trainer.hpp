#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "fer/core/error.hpp"
#include "fer/core/log.hpp"
#include "fer/core/run/directory.hpp"
#include "fer/data/training_data.hpp"
#include "fer/nn/checkpoint.hpp"
#include "fer/train/crowd_watch.hpp"
#include "fer/train/experiment.hpp"
#include "fer/train/hooks/callback.hpp"
#include "fer/train/optim/adam.hpp"
#include "fer/train/optim/unfreezing.hpp"
#include "fer/train/step/resident_training.hpp"
#include "fer/train/step/step.hpp"
#include "fer/train/training_state.hpp"

namespace fer {
class Progress;
}

namespace fer::train {

/// Where a training takes place.
struct Place {
  RunDirectory run;
  Compute compute;
  int threads = 1;        ///< that compute, as setComputeThreads returned
  bool terminal = false;  ///< whether the log's watcher is a terminal
  bool resident = false;  ///< train on the CPU as on a GPU; see resident_training.hpp
};

/// What decides the layers of an experiment's network.
nn::ModelSpec specOf(const Experiment& experiment, const data::TrainingData& data);

/// The experiment's network, not yet initialised, frozen as in epoch 0. Throws Error (usage) where model, layers, batch
/// size and data do not go together; so it is called before a run's folder is made.
std::shared_ptr<nn::Network> prepareNetwork(const Experiment& experiment, const data::TrainingData& data);

/// One training from its first step, or from a checkpoint, to its end. Writes checkpoints/, metrics.csv and timing.csv
/// of its run. Experiment, data and log outlive it. One thread at a time.
class Trainer {
 public:
  enum class Ending { kFinished, kInterrupted };

  /// `network` as prepareNetwork made it.
  Trainer(const Experiment& experiment, const data::TrainingData& data, std::shared_ptr<nn::Network> network,
          const Place& place, Log& log);

  /// Goes on from the run's last.safetensors. Throws Error (bad data) where it is damaged, of other data or of another
  /// model; Error (usage) where machine or thread count differ and `allow_inexact` is false.
  void resume(bool allow_inexact);

  /// Trains until the last epoch, until a callback stops it, or until `interrupted` says so, asked after every step;
  /// what was reached is in last.safetensors. Throws Error where the loss, the validation loss or a weight to be saved
  /// is not finite, or where the device's memory does not do; the last good checkpoints stay. `epoch_ended` is told
  /// after every epoch, when its checkpoint, metrics.csv and timing.csv are written.
  Ending run(const std::function<bool()>& interrupted,
             const std::function<void(const TrainingState&)>& epoch_ended = {});

  const TrainingState& state() const { return state_; }

 private:
  void openResident();
  void leaveResident(const c10::OutOfMemoryError& error);
  Ending runEpochs(const std::function<bool()>& interrupted,
                   const std::function<void(const TrainingState&)>& epoch_ended);
  bool trainEpoch(const std::function<bool()>& interrupted);
  bool trainFromLoader(Progress& progress, const std::function<bool()>& interrupted);
  bool trainResident(Progress& progress, const std::function<bool()>& interrupted);
  Error notFinite(const std::string& what) const;
  void requireFiniteWeights() const;
  bool validateResident(const std::function<bool()>& interrupted, Sums& sums);
  bool validate(const std::function<bool()>& interrupted, Sums& sums);
  void endEpoch(const Sums& validation, double seconds);
  void finish();
  std::vector<std::string> openLayers();
  void requireSpace() const;
  int weightsEpoch() const;
  nn::ModelCard card(int epoch) const;
  void saveModel(const std::string& which, int epoch) const;
  void saveLast() const;
  std::size_t stepsPerEpoch() const;

  const Experiment& experiment_;
  const data::TrainingData& data_;
  Place place_;
  Log& log_;
  std::shared_ptr<nn::Network> network_;
  Unfreezing unfreezing_;
  std::unique_ptr<Adam> optimiser_;
  std::unique_ptr<ResidentTraining> resident_;  ///< null: batches are made on the CPU, by the loader
  std::vector<std::unique_ptr<Callback>> callbacks_;
  CrowdWatch crowd_;
  TrainingState state_;
};

}  // namespace fer::train
