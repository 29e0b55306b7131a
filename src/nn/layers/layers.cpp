#include "nn/layers/layers.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>

#include <utility>

#include "nn/kernels/dense_product.hpp"
#include "nn/layers/batch_norm.hpp"
#include "nn/layers/conv_relu.hpp"
#include "nn/layers/dropout.hpp"
#include "nn/layers/relu.hpp"
#include "nn/layers/shared_norm.hpp"

namespace fer::nn {
namespace {

/// LibTorch leaves small maps of a single float32 image to a BLAS, which is slower than oneDNN for all but points.
bool wantsOneDnn(const at::Tensor& images, std::int64_t kernel) {
  return images.size(0) == 1 && images.scalar_type() == at::kFloat && images.device().is_cpu() && kernel > 1 &&
         at::globalContext().userEnabledMkldnn() && at::hasMKLDNN();
}

}  // namespace

Conv::Conv(std::int64_t in, std::int64_t out, Options options)
    : options_(options),
      weight_(register_parameter("weight", at::zeros({out, in / options.groups, options.kernel, options.kernel}))),
      bias_(options.bias ? register_parameter("bias", at::zeros({out})) : at::Tensor()) {}

at::Tensor Conv::forward(const at::Tensor& images) {
  const std::int64_t padding = options_.kernel / 2;
  const std::int64_t stride = options_.stride;
  if (options_.kernels == Kernels::kFast && wantsOneDnn(images, options_.kernel))
    return at::mkldnn_convolution(images, weight_, bias_, at::IntArrayRef{padding, padding},
                                  at::IntArrayRef{stride, stride}, at::IntArrayRef{1, 1}, options_.groups);
  const at::ScalarType type = images.scalar_type();
  return at::conv2d(images, weight_.to(type), bias_.defined() ? bias_.to(type) : bias_, stride, padding,
                    /*dilation=*/1, options_.groups);
}

at::Tensor Conv::forwardRelu(const at::Tensor& images) {
  if (options_.groups != 1 || !fusesConvRelu(images)) return reluInPlace(forward(images));
  const at::ScalarType type = images.scalar_type();
  return convRelu(images, weight_.to(type), bias_.to(type), options_.stride);
}

Dense::Dense(std::int64_t in, std::int64_t out, Kernels kernels)
    : kernels_(kernels),
      weight_(register_parameter("weight", at::zeros({out, in}))),
      bias_(register_parameter("bias", at::zeros({out}))) {}

at::Tensor Dense::forward(const at::Tensor& input) {
  if (kernels_ == Kernels::kFast && sharesProducts(input)) return denseProduct(input, weight_, bias_);
  return at::linear(input, weight_.to(input.scalar_type()), bias_.to(input.scalar_type()));
}

ImageBatchNorm::ImageBatchNorm(std::int64_t channels, std::shared_ptr<const BatchStatistics> statistics, double epsilon,
                               Kernels kernels)
    : statistics_(std::move(statistics)),
      epsilon_(epsilon),
      kernels_(kernels),
      weight_(register_parameter("weight", at::ones({channels}))),
      bias_(register_parameter("bias", at::zeros({channels}))),
      running_mean_(register_buffer("running_mean", at::zeros({channels}))),
      running_var_(register_buffer("running_var", at::ones({channels}))) {}

at::Tensor ImageBatchNorm::normalised(const at::Tensor& images, bool relu) {
  const NormState state{weight_, bias_, running_mean_, running_var_, kNormMomentum, epsilon_, false};
  const bool shared = is_training() && isShared(statistics_);
  if (!shared && kernels_ == Kernels::kFast && takesTwoPasses(images, state, is_training()))
    return twoPassBatchNorm(images, state, is_training(), relu);
  const at::Tensor output = shared ? sharedBatchNorm(images, state, statistics_) : byLibTorch(images);
  return relu ? reluInPlace(output) : output;
}

at::Tensor ImageBatchNorm::byLibTorch(const at::Tensor& images) {
  const auto normalise = [&](const at::Tensor& running_var) {
    return at::batch_norm(images, weight_, bias_, running_mean_, running_var, is_training(), kNormMomentum, epsilon_,
                          at::globalContext().userEnabledCuDNN());
  };
  const bool one_value_a_channel = images.numel() == images.size(1);
  if (!is_training() || !one_value_a_channel) return normalise(running_var_);
  const at::Tensor output = normalise(running_var_.clone());  // in which LibTorch divides by n - 1
  const torch::NoGradGuard no_grad;
  running_var_.mul_(1 - kNormMomentum);
  return output;
}

DenseBatchNorm::DenseBatchNorm(std::int64_t features, std::shared_ptr<const BatchStatistics> statistics, double epsilon)
    : statistics_(std::move(statistics)),
      epsilon_(epsilon),
      weight_(register_parameter("weight", at::ones({features}))),
      bias_(register_parameter("bias", at::zeros({features}))),
      running_mean_(register_buffer("running_mean", at::zeros({features}))),
      running_var_(register_buffer("running_var", at::ones({features}))) {}

at::Tensor DenseBatchNorm::forward(const at::Tensor& input) {
  if (is_training() && isShared(statistics_))
    return sharedBatchNorm(input, {weight_, bias_, running_mean_, running_var_, kNormMomentum, epsilon_, true},
                           statistics_);
  const auto normalise = [&](const at::Tensor& running_var) {
    return at::batch_norm(input, weight_, bias_, running_mean_, running_var, is_training(), kNormMomentum, epsilon_,
                          true);
  };
  if (!is_training()) return normalise(running_var_);
  // A copy, since the backward pass wants what batch_norm was given untouched.
  const at::Tensor updated = running_var_.clone();
  const at::Tensor output = normalise(updated);
  // LibTorch made it (1 - m) old + m s / (n - 1); wanted is (1 - m) old + m s / n.
  const auto n = static_cast<double>(input.size(0));
  const torch::NoGradGuard no_grad;
  running_var_.mul_((1 - kNormMomentum) / n);
  if (n > 1) running_var_.add_(updated, (n - 1) / n);  // of one vector s is 0, and LibTorch's s / (n - 1) is NaN
  return output;
}

Dropout::Dropout(double rate, std::uint32_t layer, std::shared_ptr<StepPosition> position, Kernels kernels)
    : rate_(rate), layer_(layer), position_(std::move(position)), kernels_(kernels) {}

at::Tensor Dropout::forward(const at::Tensor& input) {
  if (!is_training()) return input;
  if (!input.device().is_cpu()) return at::dropout(input, rate_, true);
  if (kernels_ == Kernels::kFast) return seededDropout(input, rate_, *position_, layer_);
  const at::Tensor factors = [&] {
    const torch::NoGradGuard no_grad;
    return seededDropout(at::ones_like(input, at::kFloat), rate_, *position_, layer_);
  }();
  return input * factors.to(input.scalar_type());
}

at::Tensor flatten(const at::Tensor& images) {
  return images.contiguous().flatten(1);
}

}  // namespace fer::nn
