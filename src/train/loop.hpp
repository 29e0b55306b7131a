#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fer/core/error.hpp"
#include "fer/core/log.hpp"
#include "fer/data/training_data.hpp"
#include "fer/nn/checkpoint.hpp"
#include "fer/train/experiment.hpp"
#include "fer/train/trainer.hpp"
#include "fer/train/training_state.hpp"
#include "train/crowd_watch.hpp"
#include "train/hooks/callback.hpp"
#include "train/optim/optimiser.hpp"
#include "train/optim/unfreezing.hpp"
#include "train/step/resident_training.hpp"
#include "train/step/step.hpp"

namespace fer {
class Progress;
}

namespace fer::train {

/// What a Trainer is made of; see trainer.hpp for what each public member promises.
class TrainingLoop {
 public:
  TrainingLoop(const Experiment& experiment, const data::TrainingData& data, std::shared_ptr<nn::Network> network,
               const TrainerContext& context, Log& log);
  void resume(bool allow_inexact);
  Trainer::Ending run(const std::function<bool()>& interrupted,
                      const std::function<void(const TrainingState&)>& epoch_ended, std::optional<int> until);
  const TrainingState& state() const { return state_; }

 private:
  void openResident();
  void leaveResident(const c10::OutOfMemoryError& error);
  Trainer::Ending runEpochs(const std::function<bool()>& interrupted,
                            const std::function<void(const TrainingState&)>& epoch_ended, int until);
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
  nn::CheckpointDescription description(int epoch) const;
  void saveModel(const std::string& which, int epoch) const;
  void saveLast() const;
  void writeRows() const;
  std::size_t stepsPerEpoch() const;
  double lrOf(std::size_t step) const;

  const Experiment& experiment_;
  const data::TrainingData& data_;
  TrainerContext context_;
  Log& log_;
  std::shared_ptr<nn::Network> network_;
  Unfreezing unfreezing_;
  std::unique_ptr<Optimiser> optimiser_;
  std::unique_ptr<ResidentTraining> resident_;  ///< null: batches are made on the CPU, by the loader
  std::vector<std::unique_ptr<Callback>> callbacks_;
  CrowdWatch crowd_;
  TrainingState state_;
};

}  // namespace fer::train
