#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "fer/data/training_data.hpp"
#include "fer/nn/network.hpp"
#include "fer/train/experiment.hpp"
#include "train/batch/resident_batches.hpp"
#include "train/step/static_step.hpp"
#include "train/step/work_queue.hpp"

namespace fer::train {

/// Training and validation with everything on the device: images, augmentation, and a step that is recorded once and
/// played for every batch. The device is asked for numbers once an epoch. On the CPU it does the same, for tests of it.
/// Experiment, data, network and optimiser outlive it. One thread at a time.
class ResidentTraining {
 public:
  /// The network lies on the device already. Throws c10::OutOfMemoryError where the device has no room for the data.
  ResidentTraining(const Experiment& experiment, const data::TrainingData& data, nn::Network& network,
                   Optimiser& optimiser, const Compute& compute);
  ~ResidentTraining();

  /// Told of every step's images as it is enqueued; false ends the matter after that step.
  using GoOn = std::function<bool(std::int64_t images)>;

  /// Steps of an epoch from `begin` on, lrs.size() of them, over the rows in `order`. Returns what each step done gave,
  /// in order. Where one's loss is not finite the weights are spoilt since then. Network in training mode. Throws
  /// c10::OutOfMemoryError where the device has no room for a step; before the first was told of, the weights are as
  /// they were. `lrs`: their learning rates.
  std::vector<Sums> train(std::span<const std::uint32_t> order, std::uint32_t epoch, std::size_t begin,
                          std::span<const double> lrs, const GoOn& go_on);

  /// What each batch of the validation images gave; batches are larger than in training. Sets evaluation mode.
  std::vector<Sums> validate(const GoOn& go_on);

  /// How the steps are done, a line for the log.
  std::string description() const;

 private:
  void forgetRecording();
  void openStep();
  Forward stepOnce();

  const Experiment& experiment_;
  const data::TrainingData& data_;
  nn::Network& network_;
  Optimiser& optimiser_;
  Compute compute_;
  ResidentBatches batches_;
  at::Tensor validation_;  ///< rows
  std::unique_ptr<StaticStep> step_;
  std::size_t trained_ = 0;  ///< parameters that step_ trains
  Forward recorded_{};       ///< what a recorded step gives, overwritten by each
  WorkQueue queue_;          ///< goes first: its recording refers to the rest
};

}  // namespace fer::train
