#pragma once

#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/linear.h>

#include <cstdint>
#include <memory>

#include "fer/nn/network.hpp"

namespace fer::nn {

/// A convolution whose output is as large as its input; `kernel` is odd.
std::shared_ptr<torch::nn::Conv2dImpl> convSame(std::int64_t in, std::int64_t out, std::int64_t kernel);

std::shared_ptr<torch::nn::LinearImpl> dense(std::int64_t in, std::int64_t out);

/// Batch norm over images with Keras' defaults: momentum 0.99 (0.01 here), epsilon 1e-3.
std::shared_ptr<torch::nn::BatchNorm2dImpl> imageBatchNorm(std::int64_t channels);

/// Batch norm over feature vectors with Keras' defaults. Like Keras 2's, and unlike LibTorch's, the running variance is
/// fed the biased variance of the batch: sum of squares / n, not / (n - 1).
class DenseBatchNorm : public torch::nn::Module {
 public:
  explicit DenseBatchNorm(std::int64_t features);
  at::Tensor forward(const at::Tensor& input);  ///< N x features

 private:
  at::Tensor weight_;
  at::Tensor bias_;
  at::Tensor running_mean_;
  at::Tensor running_var_;
};

/// Drops a fraction of the activations in training and scales the others by 1 / (1 - rate). On the CPU the mask comes
/// from the run's seeded streams; on other devices from LibTorch's generator, seeded anew at every step.
class Dropout : public torch::nn::Module {
 public:
  /// `layer` tells the dropouts of one network apart: 0, 1, 2 ...
  Dropout(double rate, std::uint32_t layer, std::shared_ptr<StepPosition> position);
  at::Tensor forward(const at::Tensor& input);

 private:
  double rate_;
  std::uint32_t layer_;
  std::shared_ptr<StepPosition> position_;
};

at::Tensor maxPool2(
    const at::Tensor& images);  ///< 2 x 2, stride 2; an odd last row or column is dropped, as Keras does
at::Tensor relu(const at::Tensor& input);
at::Tensor flatten(
    const at::Tensor& images);  ///< N x C x H x W to N x CHW, in C, H, W order whatever the memory layout

}  // namespace fer::nn
