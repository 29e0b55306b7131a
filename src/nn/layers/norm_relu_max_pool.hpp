#pragma once

#include <ATen/core/Tensor.h>
#include <torch/nn/module.h>

#include <cstdint>
#include <memory>

#include "fer/nn/network.hpp"

namespace fer::nn {

/// ImageBatchNorm, then reluMaxPool2(), with the parameters and buffers of the first. In one pass over the images,
/// after one for the batch's statistics; the normalised images, the largest tensors of a step, are never in memory.
/// That is for channels-last images of even height and width, float32 or bfloat16, on the CPU; others take the two
/// layers one after the other, and so does an evaluation that wants gradients.
///
/// The backward pass writes its result over the images where nobody else has them; a second one over the same graph
/// (retain_graph) then throws fer::Error. Keep a handle of the images where it is wanted.
class BatchNormReluMaxPool : public torch::nn::Module {
 public:
  explicit BatchNormReluMaxPool(std::int64_t channels, std::shared_ptr<const BatchStatistics> statistics = nullptr);
  at::Tensor forward(const at::Tensor& images);  ///< N x C x H x W to N x C x H/2 x W/2

 private:
  std::shared_ptr<const BatchStatistics> statistics_;  ///< null: of this process alone
  at::Tensor weight_;
  at::Tensor bias_;
  at::Tensor running_mean_;
  at::Tensor running_var_;
};

}  // namespace fer::nn
