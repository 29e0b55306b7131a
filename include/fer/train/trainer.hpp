#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fer/core/error.hpp"
#include "fer/core/log.hpp"
#include "fer/core/run/directory.hpp"
#include "fer/data/training_data.hpp"
#include "fer/nn/checkpoint.hpp"
#include "fer/train/compute.hpp"
#include "fer/train/experiment.hpp"
#include "fer/train/parallel/process_group.hpp"
#include "fer/train/training_state.hpp"

namespace fer::train {

/// Where a training takes place.
struct TrainerContext {
  RunDirectory run;
  Compute compute;
  int threads = 1;                ///< that compute, as setComputeThreads returned
  bool terminal = false;          ///< whether the log's watcher is a terminal
  bool resident = false;          ///< train on the CPU as on a GPU; whole dataset and steps on the device
  ProcessGroup* group = nullptr;  ///< the processes that share the training, of which the first alone writes; null: one
};

/// What decides the layers of an experiment's network.
graph::ModelSpec specOf(const Experiment& experiment, const data::TrainingData& data);

/// The experiment's network, not yet initialised, frozen as in epoch 0. Throws Error (usage) where model, layers, batch
/// size, data and the number of processes do not go together; so it is called before a run's folder is made.
std::shared_ptr<nn::Network> prepareNetwork(const Experiment& experiment, const data::TrainingData& data,
                                            int processes = 1);

/// One training from its first step, or from a checkpoint, to its end. Writes checkpoints/, metrics.csv and timing.csv
/// of its run. Experiment, data and log outlive it. One thread at a time.
class Trainer {
 public:
  enum class Ending { kFinished, kPaused, kInterrupted };

  /// `network` as prepareNetwork made it.
  Trainer(const Experiment& experiment, const data::TrainingData& data, std::shared_ptr<nn::Network> network,
          const TrainerContext& context, Log& log);
  ~Trainer();

  /// Goes on from the run's last.safetensors. Throws Error (bad data) where it is damaged, of other data or of another
  /// model; Error (usage) where machine or thread count differ and `allow_inexact` is false.
  void resume(bool allow_inexact);

  /// Trains until the last epoch, until a hook stops it, or until `interrupted` says so, asked after every step;
  /// what was reached is in last.safetensors. Throws Error where the loss, the validation loss or a weight to be saved
  /// is not finite, or where the device's memory does not do; the last good checkpoints stay. `epoch_ended` is told
  /// after every epoch, when its checkpoint, metrics.csv and timing.csv are written. With `until` it pauses when so
  /// many epochs are done, at most train.epochs: a schedule is that of the whole training.
  Ending run(const std::function<bool()>& interrupted,
             const std::function<void(const TrainingState&)>& epoch_ended = {}, std::optional<int> until = {});

  const TrainingState& state() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace fer::train
