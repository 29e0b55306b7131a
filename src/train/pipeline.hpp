#pragma once

#include <c10/util/Exception.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "fer/data/training_data.hpp"
#include "fer/train/experiment.hpp"
#include "train/batch/batch_source.hpp"
#include "train/step/reducer.hpp"
#include "train/step/step.hpp"

namespace fer::train {

/// Where a training's batches come from and how a step is computed: all that a loop knows of the machine. On a GPU
/// images, augmentation and recorded steps stay there, as long as its memory has room for them.
class Pipeline {
 public:
  using Say = std::function<void(const std::string& line)>;

  /// `resident`: on the CPU, too, as on a GPU. `group`: the processes that share the training; null: it is alone. `say`
  /// is told how things are done, where that is worth a line. All that is given outlives it.
  Pipeline(const Experiment& experiment, const data::TrainingData& data, nn::Network& network, Optimiser& optimiser,
           const Compute& compute, bool resident, ProcessGroup* group, Say say);

  BatchSource& batches() { return *batches_; }
  StepRunner& steps() { return *steps_; }
  c10::Device device() const { return compute_.device; }

  /// Goes on with batches from the CPU; false: it does so already.
  bool leaveDevice(const c10::OutOfMemoryError& error);

  /// Says how steps are done, where that has changed.
  void describe();

 private:
  const Reducer* reducer() const { return reducer_ ? &*reducer_ : nullptr; }
  /// With teachers' opinions, then degraded.
  std::unique_ptr<BatchSource> finished(std::unique_ptr<BatchSource> plain, c10::Device device) const;
  void useHost();
  void useDevice();

  const Experiment& experiment_;
  const data::TrainingData& data_;
  nn::Network& network_;
  Optimiser& optimiser_;
  Compute compute_;
  Say say_;
  Loss loss_;
  Share share_;
  std::optional<Reducer> reducer_;  ///< none: this process trains alone
  bool on_device_ = false;
  std::string said_;
  std::unique_ptr<BatchSource> batches_;
  std::unique_ptr<StepRunner> steps_;
};

}  // namespace fer::train
