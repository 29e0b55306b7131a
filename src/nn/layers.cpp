#include "fer/nn/layers.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>

#include <utility>

#include "fer/nn/dropout_mask.hpp"

namespace fer::nn {
namespace {

constexpr double kKerasMomentum = 0.01;  ///< Keras' 0.99 is the share of the old value, LibTorch's that of the new one
constexpr double kKerasEpsilon = 1e-3;

}  // namespace

std::shared_ptr<torch::nn::Conv2dImpl> convSame(std::int64_t in, std::int64_t out, std::int64_t kernel) {
  return std::make_shared<torch::nn::Conv2dImpl>(torch::nn::Conv2dOptions(in, out, kernel).padding(kernel / 2));
}

std::shared_ptr<torch::nn::LinearImpl> dense(std::int64_t in, std::int64_t out) {
  return std::make_shared<torch::nn::LinearImpl>(torch::nn::LinearOptions(in, out));
}

std::shared_ptr<torch::nn::BatchNorm2dImpl> imageBatchNorm(std::int64_t channels) {
  return std::make_shared<torch::nn::BatchNorm2dImpl>(
      torch::nn::BatchNorm2dOptions(channels).eps(kKerasEpsilon).momentum(kKerasMomentum));
}

DenseBatchNorm::DenseBatchNorm(std::int64_t features)
    : weight_(register_parameter("weight", at::ones({features}))),
      bias_(register_parameter("bias", at::zeros({features}))),
      running_mean_(register_buffer("running_mean", at::zeros({features}))),
      running_var_(register_buffer("running_var", at::ones({features}))) {}

at::Tensor DenseBatchNorm::forward(const at::Tensor& input) {
  const auto normalise = [&](const at::Tensor& running_var) {
    return at::batch_norm(input, weight_, bias_, running_mean_, running_var, is_training(), kKerasMomentum,
                          kKerasEpsilon, true);
  };
  if (!is_training()) return normalise(running_var_);
  // A copy, since the backward pass wants what batch_norm was given untouched.
  const at::Tensor updated = running_var_.clone();
  const at::Tensor output = normalise(updated);
  // LibTorch made it (1 - m) old + m s / (n - 1); wanted is (1 - m) old + m s / n.
  const auto n = static_cast<double>(input.size(0));
  const torch::NoGradGuard no_grad;
  running_var_.mul_((1 - kKerasMomentum) / n).add_(updated, (n - 1) / n);
  return output;
}

Dropout::Dropout(double rate, std::uint32_t layer, std::shared_ptr<StepPosition> position)
    : rate_(rate), layer_(layer), position_(std::move(position)) {}

at::Tensor Dropout::forward(const at::Tensor& input) {
  if (!is_training()) return input;
  if (!input.device().is_cpu()) return at::dropout(input, rate_, true);
  // empty_like keeps the layout, and the input is dense: its elements in memory order are the mask's.
  at::Tensor mask = at::empty_like(input);
  fillDropoutMask({mask.data_ptr<float>(), static_cast<std::size_t>(mask.numel())}, rate_, *position_, layer_);
  return input * mask;
}

at::Tensor maxPool2(const at::Tensor& images) {
  return at::max_pool2d(images, {2, 2});
}

at::Tensor relu(const at::Tensor& input) {
  return at::relu(input);
}

at::Tensor flatten(const at::Tensor& images) {
  return images.contiguous().flatten(1);
}

}  // namespace fer::nn
