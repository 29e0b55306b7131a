#pragma once

#include <c10/core/Device.h>

#include <cstdint>

#include "fer/nn/network.hpp"
#include "fer/nn/precision.hpp"
#include "fer/train/batch/batches.hpp"
#include "fer/train/optim/adam.hpp"

namespace fer::train {

/// Where a step is computed, and in what numbers.
struct Compute {
  c10::Device device{c10::kCPU};
  nn::Precision precision = nn::Precision::kFp32;
};

/// Sums over the images of some batches; losses are cross entropies in nats.
struct Sums {
  double loss = 0;
  std::int64_t correct = 0;
  std::int64_t images = 0;

  void add(const Sums& other);
  double meanLoss() const { return loss / static_cast<double>(images); }
  double accuracy() const { return static_cast<double>(correct) / static_cast<double>(images); }
};

/// What a batch gives, still on its device: nothing of it has been waited for.
struct Forward {
  at::Tensor loss;     ///< mean cross entropy over the batch, float
  at::Tensor correct;  ///< how many images are classified rightly, int64
};

/// `batch` lies on the network's device, in the type that the network is to compute in.
Forward forward(nn::Network& network, const Batch& batch);

/// Forward, backward, update. The network stays untouched where the loss is not finite: then it is in the sums and the
/// caller has to look. Network in training mode, its position set.
Sums trainStep(nn::Network& network, Adam& optimiser, double lr, const Batch& batch, const Compute& compute);

/// Forward only. Network in evaluation mode.
Sums evaluateStep(nn::Network& network, const Batch& batch, const Compute& compute);

}  // namespace fer::train
