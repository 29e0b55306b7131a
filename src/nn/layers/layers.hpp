#pragma once

#include <cstdint>
#include <memory>

#include "fer/nn/kernels.hpp"
#include "fer/nn/network.hpp"

namespace fer::nn {

/// Layers compute in the type of their input, float32 or bfloat16, with copies of their float32 weights in that type;
/// so a network's precision is that of the images it is fed.

/// A convolution of square kernels, padded by half of them: with stride 1 the output is as large as the input.
class Conv : public torch::nn::Module {
 public:
  struct Options {
    std::int64_t kernel = 3;  ///< odd
    std::int64_t stride = 1;
    bool bias = true;
    std::int64_t groups = 1;
    Kernels kernels = Kernels::kFast;
  };
  Conv(std::int64_t in, std::int64_t out, Options options);
  at::Tensor forward(const at::Tensor& images);
  at::Tensor forwardRelu(const at::Tensor& images);  ///< relu(forward(images)); needs a bias

 private:
  Options options_;
  at::Tensor weight_;
  at::Tensor bias_;  ///< undefined where there is none
};

/// Every output from every input.
class Dense : public torch::nn::Module {
 public:
  Dense(std::int64_t in, std::int64_t out, Kernels kernels = Kernels::kFast);
  at::Tensor forward(const at::Tensor& input);  ///< N x in

 private:
  Kernels kernels_;
  at::Tensor weight_;
  at::Tensor bias_;
};

constexpr double kNormMomentum = 0.01;  ///< Keras' 0.99 is the share of the old value, LibTorch's that of the new one
constexpr double kNormEpsilon = 1e-3;

/// Batch norm over images, with Keras' momentum. Trains on a single 1 x 1 map too: like TensorFlow's (FusedBatchNorm,
/// which divides by 1 where n - 1 is 0) it then feeds the running variance zero.
class ImageBatchNorm : public torch::nn::Module {
 public:
  explicit ImageBatchNorm(std::int64_t channels, std::shared_ptr<const BatchStatistics> statistics = nullptr,
                          double epsilon = kNormEpsilon, Kernels kernels = Kernels::kFast);
  at::Tensor forward(const at::Tensor& images) { return normalised(images, false); }
  at::Tensor forwardRelu(const at::Tensor& images) { return normalised(images, true); }  ///< relu(forward(images))

 private:
  at::Tensor normalised(const at::Tensor& images, bool relu);
  at::Tensor byLibTorch(const at::Tensor& images);

  std::shared_ptr<const BatchStatistics> statistics_;  ///< null: of this process alone
  double epsilon_;
  Kernels kernels_;
  at::Tensor weight_;
  at::Tensor bias_;
  at::Tensor running_mean_;
  at::Tensor running_var_;
};

/// Batch norm over feature vectors with Keras' defaults. Like Keras 2's, and unlike LibTorch's, the running variance is
/// fed the biased variance of the batch: sum of squares / n, not / (n - 1).
class DenseBatchNorm : public torch::nn::Module {
 public:
  explicit DenseBatchNorm(std::int64_t features, std::shared_ptr<const BatchStatistics> statistics = nullptr,
                          double epsilon = kNormEpsilon);
  at::Tensor forward(const at::Tensor& input);  ///< N x features

 private:
  std::shared_ptr<const BatchStatistics> statistics_;  ///< null: of this process alone
  double epsilon_;
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
  Dropout(double rate, std::uint32_t layer, std::shared_ptr<StepPosition> position, Kernels kernels = Kernels::kFast);
  at::Tensor forward(const at::Tensor& input);

 private:
  double rate_;
  std::uint32_t layer_;
  std::shared_ptr<StepPosition> position_;
  Kernels kernels_;
};

at::Tensor flatten(
    const at::Tensor& images);  ///< N x C x H x W to N x CHW, in C, H, W order whatever the memory layout

}  // namespace fer::nn
