#pragma once

#include "fer/nn/network.hpp"
#include "fer/train/batch/batches.hpp"
#include "fer/train/compute.hpp"
#include "fer/train/epoch_values.hpp"
#include "train/optim/optimiser.hpp"
#include "train/step/loss.hpp"

namespace fer::train {

/// What a batch gives, still on its device: nothing of it has been waited for.
struct Forward {
  at::Tensor loss;     ///< of the whole batch, with its soft targets where it has any; float
  at::Tensor correct;  ///< how many images are classified rightly, int64
};

/// `batch` lies on the network's device, in the type that the network is to compute in.
Forward forward(nn::Network& network, const Batch& batch, const Loss& loss = {});

/// Forward, backward, update. The network stays untouched where the loss is not finite: then it is in the sums and the
/// caller has to look. Network in training mode, its position set.
Sums trainStep(nn::Network& network, Optimiser& optimiser, double lr, const Batch& batch, const Compute& compute,
               const Loss& loss = {});

/// Forward only. Network in evaluation mode.
Sums evaluateStep(nn::Network& network, const Batch& batch, const Compute& compute);

}  // namespace fer::train
