#include "fer/nn/initialise.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>

#include "fer/data/labels.hpp"
#include "fer/nn/model_table.hpp"

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
    const auto area = static_cast<double>(kernel.numel() / (kernel.size(0) * kernel.size(1)));
    const double fans = static_cast<double>(kernel.size(0) + kernel.size(1)) * area;
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
