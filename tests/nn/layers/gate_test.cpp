// Squeeze-and-excite by our passes against LibTorch's operations.
#include "nn/layers/gate.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <vector>

#include "support/norm_result.hpp"

namespace fer::nn {
namespace {

/// The output, and the gradients of the images and of what the gate multiplies means by.
std::vector<at::Tensor> gatedStep(const at::Tensor& images, const at::Tensor& weights, const auto& gates) {
  const at::Tensor leaf = images.detach().clone().requires_grad_();
  const at::Tensor factor = at::linspace(-2, 3, images.size(1), at::kDouble).to(images.scalar_type()).requires_grad_();
  const at::Tensor output = gates(leaf * 1, [&](const at::Tensor& means) { return at::sigmoid(means * factor); });
  (output * weights).sum().backward();
  return {output.detach(), leaf.grad(), factor.grad()};
}

std::vector<at::Tensor> gatedByUs(const at::Tensor& images, const at::Tensor& weights) {
  return gatedStep(images, weights, &gated);
}

/// In float64.
std::vector<at::Tensor> gatedByLibTorch(const at::Tensor& images, const at::Tensor& weights) {
  return gatedStep(images.to(at::kDouble), weights.to(at::kDouble),
                   [](const at::Tensor& maps, const GateOfMeans& gate) {
                     return maps * gate(maps.mean(at::IntArrayRef{2, 3})).unsqueeze(2).unsqueeze(3);
                   });
}

void expectGatesNear(const std::vector<at::Tensor>& mine, const std::vector<at::Tensor>& theirs, double tolerance) {
  for (std::size_t i = 0; i < mine.size(); ++i)
    EXPECT_LT(difference(mine[i], theirs[i]) / std::max(1.0, theirs[i].abs().max().item<double>()), tolerance)
        << i << " of " << theirs.front().sizes();
}

/// Channels that fill vectors of 16, that do not, and pixels that are left over.
const std::vector<std::vector<std::int64_t>> kGatedSizes{{4, 64, 12, 12}, {3, 24, 5, 7}, {2, 5, 1, 1}, {1, 17, 3, 3}};

TEST(Gate, IsLibTorchsInOutputAndGradients) {
  for (const auto& size : kGatedSizes) {
    const at::Tensor images = channelsLast(at::randn(size));
    const at::Tensor weights = at::randn(size);
    expectGatesNear(gatedByUs(images, weights), gatedByLibTorch(images, weights), 1e-5);
    expectGatesNear(gatedByUs(images.contiguous(), weights), gatedByLibTorch(images, weights), 1e-5);
    expectGatesNear(gatedByUs(images.to(at::kDouble), weights.to(at::kDouble)), gatedByLibTorch(images, weights),
                    1e-12);
  }
}

TEST(Gate, OfBfloat16IsNear) {
  for (const auto& size : kGatedSizes) {
    const at::Tensor images = channelsLast(at::randn(size)).to(at::kBFloat16);
    const at::Tensor weights = at::randn(size).to(at::kBFloat16);
    expectGatesNear(gatedByUs(images, weights), gatedByLibTorch(images, weights), 1.0 / 64);
  }
}

TEST(Gate, IsTheSameWhateverTheNumberOfThreads) {
  const at::Tensor images = channelsLast(at::randn({5, 24, 9, 9}));
  const at::Tensor weights = at::randn({5, 24, 9, 9});
  const auto step = [&] { return gatedByUs(images, weights); };
  const auto one = byThreads(1, step);
  const auto three = byThreads(3, step);
  for (std::size_t i = 0; i < one.size(); ++i) EXPECT_TRUE(at::equal(one[i], three[i])) << i;
}

// The gradient that comes back is the gate's own images' too: neither may change the other.
TEST(Gate, LeavesAGradientThatSomebodyHas) {
  const at::Tensor images = channelsLast(at::randn({2, 16, 4, 4}));
  const at::Tensor leaf = images.clone().requires_grad_();
  const auto gate = [](const at::Tensor& means) { return at::sigmoid(means); };
  const at::Tensor input = leaf * 1;
  (gated(input, gate) + input).square().sum().backward();
  const at::Tensor exact = images.to(at::kDouble).requires_grad_();
  const at::Tensor means = exact.mean(at::IntArrayRef{2, 3}).unsqueeze(2).unsqueeze(3);
  (exact * at::sigmoid(means) + exact).square().sum().backward();
  EXPECT_LT(difference(leaf.grad(), exact.grad()), 1e-5);
}

}  // namespace
}  // namespace fer::nn
