#include "fer/nn/layers/initialise.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>

#include "fer/data/labels.hpp"
#include "fer/graph/models/table.hpp"

namespace fer::nn {
namespace {

std::shared_ptr<Network> initialised(std::uint32_t seed) {
  auto network = makeModel({"vgg_block", {1, 48, 48}, data::fer2013Classes()});
  initialise(*network, seed);
  return network;
}

// Glorot: U[-a, a], a = sqrt(6 / (fan_in + fan_out)); its variance is a^2 / 3 = 2 / (fan_in + fan_out).
TEST(Initialise, KernelsAreGlorotUniform) {
  const auto network = initialised(1);
  for (const auto& item : network->named_parameters()) {
    const at::Tensor& kernel = item.value();
    if (kernel.dim() < 2) continue;
    const std::int64_t area = kernel.numel() / (kernel.size(0) * kernel.size(1));
    const auto fans = static_cast<double>((kernel.size(0) + kernel.size(1)) * area);
    const double limit = std::sqrt(6 / fans);
    const auto n = static_cast<double>(kernel.numel());
    EXPECT_LE(kernel.abs().max().item<double>(), limit * 1.000001) << item.key();
    EXPECT_GT(kernel.abs().max().item<double>(), limit * (1 - 20 / n)) << item.key();
    EXPECT_NEAR(kernel.mean().item<double>(), 0, 5 * limit / std::sqrt(3 * n)) << item.key();
    // The variance of x^2 for U[-a, a] is 4 a^4 / 45.
    EXPECT_NEAR(kernel.square().mean().item<double>(), limit * limit / 3, 5 * limit * limit * std::sqrt(4.0 / 45 / n))
        << item.key();
  }
}

// A normal distribution of deviation s cut at 2 s has the deviation 0.87962566 s; Keras makes that sqrt(2 / fan_in).
// Its fourth moment over its variance squared is 2.3655: (3 - 28 phi(2) / Z) / (1 - 4 phi(2) / Z)^2, Z = 0.9545.
TEST(Initialise, KernelsOfVgg16AreTruncatedHeNormal) {
  const auto network = makeModel({"vgg16", {1, 32, 32}, data::fer2013Classes()});
  initialise(*network, 1);
  int kernels = 0;
  for (const auto& item : network->named_parameters()) {
    const at::Tensor& kernel = item.value();
    if (kernel.dim() < 2) continue;
    ++kernels;
    const auto n = static_cast<double>(kernel.numel());
    const double variance = 2.0 * static_cast<double>(kernel.size(0)) / n;  // 2 / fan_in
    EXPECT_LE(kernel.abs().max().item<double>(), 2 * std::sqrt(variance) / 0.87962566 * 1.000001) << item.key();
    EXPECT_NEAR(kernel.mean().item<double>(), 0, 5 * std::sqrt(variance / n)) << item.key();
    EXPECT_NEAR(kernel.square().mean().item<double>() / variance, 1, 5 * std::sqrt((2.3655 - 1) / n)) << item.key();
  }
  EXPECT_EQ(kernels, 13 + 3);
}

// The original's ResNet has Keras' default in its head; a body without pretrained weights is ours to choose.
TEST(Initialise, TheHeadOfResnet50IsGlorotUniform) {
  const auto network = makeModel({"resnet50", {1, 32, 32}, data::fer2013Classes()});
  initialise(*network, 1);
  const at::Tensor kernel = network->named_parameters()["head.dense1.weight"];  // 512 x 2048
  const double limit = std::sqrt(6.0 / (512 + 2048));
  EXPECT_LE(kernel.abs().max().item<double>(), limit * 1.000001);
  EXPECT_GT(kernel.abs().max().item<double>(), limit * 0.999);
  EXPECT_TRUE(at::equal(network->named_parameters()["layer1.0.bn1.weight"], at::ones({64})));
  EXPECT_TRUE(at::equal(network->named_parameters()["head.bn1.weight"], at::ones({512})));
}

TEST(Initialise, BiasesAreZeroAndBatchNormIsTheIdentity) {
  const auto network = initialised(1);
  int checked = 0;
  for (const auto& [name, tensor] : namedState(*network)) {
    if (tensor.dim() != 1) continue;
    const bool one = name.starts_with("bn") && (name.ends_with(".weight") || name.ends_with("_var"));
    EXPECT_TRUE(at::equal(tensor, one ? at::ones_like(tensor) : at::zeros_like(tensor))) << name;
    ++checked;
  }
  EXPECT_EQ(checked, 11 + 4 * 5);  // biases of 8 convolutions and 3 dense layers; 5 batch norms
}

TEST(Initialise, SeedDecides) {
  const auto a = initialised(1);
  const auto again = initialised(1);
  const auto b = initialised(2);
  const at::Tensor kernel = a->named_parameters()["conv3.weight"];
  EXPECT_TRUE(at::equal(kernel, again->named_parameters()["conv3.weight"]));
  EXPECT_FALSE(at::equal(kernel, b->named_parameters()["conv3.weight"]));
}

}  // namespace
}  // namespace fer::nn
