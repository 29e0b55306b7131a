#pragma once

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <gtest/gtest.h>
#include <torch/nn/module.h>
#include <torch/utils.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace fer::nn {

/// What a norm makes of images, and of a gradient.
struct NormResult {
  at::Tensor output;
  std::vector<std::pair<std::string, at::Tensor>> others;  ///< gradients and running values, by name
};

/// After forward() of the images and the backward pass of the output's products with the weights.
NormResult after(torch::nn::Module& norm, const at::Tensor& images, const at::Tensor& weights, const auto& forward) {
  const at::Tensor input = images.detach().clone().requires_grad_();
  const at::Tensor output = forward(input);
  (output * weights).sum().backward();
  NormResult result{output.detach(), {{"images", input.grad()}}};
  for (const auto& item : norm.named_parameters()) result.others.emplace_back(item.key(), item.value().grad());
  for (const auto& item : norm.named_buffers()) result.others.emplace_back(item.key(), item.value());
  return result;
}

/// What work() gives by so many threads.
auto byThreads(int threads, const auto& work) {
  const int before = at::get_num_threads();
  at::set_num_threads(threads);
  const auto result = work();
  at::set_num_threads(before);
  return result;
}

/// Scales of both signs, and shifts.
inline void setNorm(torch::nn::Module& norm) {
  const torch::NoGradGuard no_grad;
  at::Tensor weight = norm.named_parameters()["weight"];
  at::Tensor bias = norm.named_parameters()["bias"];
  weight.copy_(at::linspace(-1.5, 2, weight.numel()));
  bias.copy_(at::linspace(0.5, -0.75, bias.numel()));
}

inline double difference(const at::Tensor& a, const at::Tensor& b) {
  return (a.to(at::kDouble) - b.to(at::kDouble)).abs().max().item<double>();
}

inline void expectNear(const NormResult& mine, const NormResult& theirs, double tolerance, const std::string& what) {
  EXPECT_LT(difference(mine.output, theirs.output), tolerance) << what;
  ASSERT_EQ(mine.others.size(), 5U);
  for (std::size_t i = 0; i < mine.others.size(); ++i) {
    const auto& [name, tensor] = theirs.others[i];
    EXPECT_EQ(mine.others[i].first, name);
    const double largest = std::max(1.0, tensor.abs().max().item<double>());
    EXPECT_LT(difference(mine.others[i].second, tensor) / largest, tolerance) << what << ": " << name;
  }
}

inline at::Tensor channelsLast(const at::Tensor& images) {
  return images.contiguous(at::MemoryFormat::ChannelsLast);
}

/// Means far from zero, 30 deviations, so that a variance by differences of float32 sums would show. Of few values, so
/// that rounding makes no two of a window alike that were not.
inline at::Tensor imagesOf(at::IntArrayRef size) {
  return channelsLast(at::randint(-48, 49, size) / 256 + 3);
}

}  // namespace fer::nn
