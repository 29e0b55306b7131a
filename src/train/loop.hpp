#pragma once

#include <functional>
#include <string>
#include <utility>

#include "fer/core/error.hpp"
#include "fer/data/training_data.hpp"
#include "fer/train/batch/batches.hpp"
#include "fer/train/experiment.hpp"
#include "fer/train/trainer.hpp"
#include "fer/train/training_state.hpp"
#include "train/hooks/hook.hpp"
#include "train/optim/optimiser.hpp"
#include "train/pipeline.hpp"
#include "train/step/ledger.hpp"

namespace fer::train {

/// What a loop trains and with what. All that is referred to outlives the loop.
struct Training {
  const Experiment& experiment;
  const data::TrainingData& data;
  nn::Network& network;
  Optimiser& optimiser;  ///< of the network's trained parameters
  Pipeline& pipeline;
  const Hooks& hooks;             ///< called in their order
  TrainingState& state;           ///< where it stands
  std::string kept;               ///< where the last good weights are, for messages
  ProcessGroup* group = nullptr;  ///< the processes that share it; null: this one is alone
};

/// Goes through the epochs of a training: steps, validation, and word of both to its hooks. Whatever else a training
/// does is a hook; what differs from machine to machine lies in the pipeline. One thread at a time.
class Loop {
 public:
  using Interrupted = std::function<bool()>;  ///< asked after every step

  explicit Loop(Training training)
      : training_(std::move(training)),
        state_(training_.state),
        steps_(stepsPerEpoch(training_.experiment.train, training_.data)) {}

  /// Until so many epochs are done, or a hook stops it; where the training's last one is not, it is a pause. Throws
  /// Error where a loss, the validation loss or a weight is not finite, before a hook could keep it.
  Trainer::Ending run(const Interrupted& interrupted, int until);

  /// What is left of the epoch under way, validation aside. False: interrupted.
  bool trainEpoch(const Interrupted& interrupted);

  /// Adds what the validation images give. False: interrupted.
  bool validate(const Interrupted& interrupted, Sums& sums);

 private:
  bool trainSteps(const Interrupted& interrupted);
  void settle(Ledger& ledger);
  void endEpoch(const Sums& validation, double seconds);
  bool agreed(bool mine) const { return training_.group == nullptr ? mine : training_.group->all(mine); }
  Error notFinite(const std::string& what) const;

  /// Does `work`; where the device has no room for the data, again with batches from the CPU.
  template <class Work>
  bool withRoom(Work work) {
    moved_ = false;
    try {
      return work();
    } catch (const c10::OutOfMemoryError& error) {
      if (moved_ || !training_.pipeline.leaveDevice(error)) throw;
    }
    return work();
  }

  /// Calls `what` of each hook.
  template <class... Parameters, class... Arguments>
  void tell(void (Hook::*what)(Parameters...), Arguments&&... arguments) {
    for (const auto& hook : training_.hooks) (hook.get()->*what)(arguments...);
  }

  Training training_;
  TrainingState& state_;
  std::size_t steps_;   ///< of an epoch
  bool moved_ = false;  ///< whether a step has changed the weights: it cannot be done again
};

}  // namespace fer::train
