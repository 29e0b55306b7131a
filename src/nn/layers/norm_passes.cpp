#include "nn/layers/norm_passes.hpp"

#include <ATen/ATen.h>
#include <torch/utils.h>

namespace fer::nn {

ChannelSums sumOfBlocks(const at::Tensor& partial) {
  auto* const sums = partial.data_ptr<double>();
  const std::int64_t numbers = partial.size(1) * partial.size(2);
  for (std::int64_t block = 1; block < partial.size(0); ++block)
    for (std::int64_t i = 0; i < numbers; ++i) sums[i] += sums[block * numbers + i];
  return {partial[0][0], partial[0][1]};
}

Statistics statisticsOfBatch(const at::Tensor& images, const NormState& state) {
  const torch::NoGradGuard no_grad;
  const std::int64_t pixels = images.numel() / images.size(1);
  const ChannelSums sums = withValues(images, [&](const auto* values) {
    return sumOverPixels(images,
                         [&](std::int64_t pixel, std::size_t steps, std::size_t count, double* sum, double* square) {
                           addMoments(values + pixel * images.size(1), steps, count, sum, square);
                         });
  });
  const at::Tensor mean = sums.first / pixels;
  const at::Tensor variance = (sums.second / pixels - mean * mean).clamp_min(0);
  const auto n = static_cast<double>(pixels);
  at::Tensor(state.running_mean).mul_(1 - state.momentum).add_(mean, state.momentum);
  at::Tensor(state.running_var).mul_(1 - state.momentum).add_(variance, state.momentum * n / (n - 1));
  return {mean, (variance + state.epsilon).rsqrt()};
}

Statistics runningStatistics(const NormState& state) {
  return {state.running_mean, (state.running_var.to(at::kDouble) + state.epsilon).rsqrt()};
}

Affine affineOf(const at::Tensor& weight, const at::Tensor& bias, const Statistics& statistics) {
  const at::Tensor factor = weight * statistics.inverse_deviation;
  return {factor.to(at::kFloat), (bias - statistics.mean * factor).to(at::kFloat)};
}

Affine repeated(const Affine& norm) {
  const std::int64_t together = pixelsTogether(norm.scale.numel());
  return {norm.scale.repeat({together}), norm.shift.repeat({together})};
}

NormGradients gradientsOf(const ChannelSums& sums, const at::Tensor& weight, const Statistics& statistics,
                          std::int64_t pixels) {
  const auto n = static_cast<double>(pixels);
  const at::Tensor of_weight = (sums.second - statistics.mean * sums.first) * statistics.inverse_deviation;
  const at::Tensor scale = weight * statistics.inverse_deviation;
  const at::Tensor of_value = -scale * statistics.inverse_deviation * of_weight / n;
  const at::Tensor constant = -scale * sums.first / n;
  return {of_weight.to(at::kFloat),
          sums.first.to(at::kFloat),
          {scale.to(at::kFloat), of_value.to(at::kFloat), statistics.mean.to(at::kFloat), constant.to(at::kFloat)}};
}

NormGradients repeated(NormGradients gradients) {
  for (at::Tensor& factor : gradients.factors) factor = factor.repeat({pixelsTogether(factor.numel())});
  return gradients;
}

}  // namespace fer::nn
