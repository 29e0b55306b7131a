#pragma once

#include <ATen/core/Tensor.h>

#include "fer/nn/network.hpp"

namespace fer::nn {

/// A batch norm's own tensors, and how it feeds the running ones.
struct NormState {
  at::Tensor weight;
  at::Tensor bias;
  at::Tensor running_mean;
  at::Tensor running_var;
  double momentum;  ///< share of the new value
  double epsilon;
  bool biased;  ///< the running variance is fed the batch's biased one
};

inline bool isShared(const std::shared_ptr<const BatchStatistics>& statistics) {
  return statistics && statistics->sum;
}

/// Batch norm in training, of N x C or N x C x H x W, whose mean and variance are those of the images of all processes:
/// statistics.sum is called once forward and once backward. As torch.nn.SyncBatchNorm.
at::Tensor sharedBatchNorm(const at::Tensor& input, const NormState& state,
                           const std::shared_ptr<const BatchStatistics>& statistics);

}  // namespace fer::nn
