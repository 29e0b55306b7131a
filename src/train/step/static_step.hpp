#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "fer/data/dataset.hpp"
#include "train/optim/optimiser.hpp"
#include "train/step/step.hpp"

namespace fer::train {

/// A training step that reads batch and rates from tensors that stay where they are, and that neither asks the device
/// for a number nor decides by one: run() enqueues the same work every time, so that it can be recorded once and played
/// for every batch of its size. Equal to eagerSteps() but for a loss that is not finite: the weights are then spoilt,
/// and who reads the loss has to stop. Network and optimiser outlive it; made anew when the optimiser takes in
/// parameters. One thread at a time.
class StaticStep {
 public:
  /// For batches of up to `batch_size` images. The network lies on the device of `compute`.
  StaticStep(nn::Network& network, Optimiser& optimiser, std::int64_t batch_size, ImageShape shape,
             const Compute& compute, Loss loss = {});

  /// Puts a batch and its row of the optimiser's rates, both on the device, where run() reads them.
  void load(const Batch& batch, const at::Tensor& rates);

  /// Forward, backward, update over what was loaded. Gradients are given up before and made anew by the backward pass:
  /// in a recording they come from its own memory, at the same place every time, and no pass has to clear them.
  /// Network in training mode, its position set.
  Forward run();

  /// Whether the batch loaded is as large as a batch can be: only such steps are alike.
  bool full() const { return count_ == labels_.size(0); }

 private:
  Batch loaded() const;

  nn::Network& network_;
  Optimiser& optimiser_;
  Loss loss_;
  at::Tensor images_;
  at::Tensor labels_;
  at::Tensor targets_;   ///< undefined until a batch has some
  at::Tensor opinions_;  ///< likewise
  at::Tensor rates_;
  std::int64_t count_ = 0;  ///< images loaded
};

}  // namespace fer::train
