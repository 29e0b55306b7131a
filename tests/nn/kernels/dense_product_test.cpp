#include "nn/kernels/dense_product.hpp"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <gtest/gtest.h>
#include <torch/utils.h>

#include <array>

namespace fer::nn {
namespace {

struct Result {
  at::Tensor output;
  std::array<at::Tensor, 3> gradients;  ///< of input, weight and bias
};

struct Layer {
  at::Tensor input;
  at::Tensor weight;
  at::Tensor bias;

  Layer(std::int64_t images, std::int64_t in, std::int64_t out, at::ScalarType type)
      : input(at::randn({images, in}, type)), weight(at::randn({out, in}, type)), bias(at::randn({out}, type)) {}

  Result through(const auto& layer) const {
    std::array<at::Tensor, 3> leaves{input, weight, bias};
    for (at::Tensor& leaf : leaves) leaf = leaf.detach().clone().requires_grad_();
    const at::Tensor output = layer(leaves[0], leaves[1], leaves[2]);
    (output * at::linspace(-1, 1, output.numel(), input.options()).view(output.sizes())).sum().backward();
    return {output.detach(), {leaves[0].grad(), leaves[1].grad(), leaves[2].grad()}};
  }
};

// Shapes of one thread's worth and of several threads', and none at all.
TEST(DenseProduct, IsLibTorchsLinearInOutputAndGradients) {
  const std::vector<std::array<std::int64_t, 3>> shapes{
      {64, 4608, 256}, {64, 512, 7}, {1, 900, 300}, {3, 1, 1}, {0, 5, 4}};
  for (const at::ScalarType type : {at::kFloat, at::kDouble})
    for (const auto& [images, in, out] : shapes) {
      const Layer layer(images, in, out, type);
      const Result mine = layer.through(&denseProduct);
      const Result theirs = layer.through(
          [](const at::Tensor& x, const at::Tensor& w, const at::Tensor& b) { return at::linear(x, w, b); });
      const double tolerance = type == at::kFloat ? 1e-3 : 1e-11;  // sums of 4,608 products
      EXPECT_TRUE(at::allclose(mine.output, theirs.output, tolerance, tolerance)) << in << " to " << out;
      for (std::size_t i = 0; i < 3; ++i)
        EXPECT_TRUE(at::allclose(mine.gradients[i], theirs.gradients[i], tolerance, tolerance)) << in << " to " << out;
    }
}

TEST(DenseProduct, GivesNoGradientWhereNoneIsAskedFor) {
  const Layer layer(4, 6, 5, at::kFloat);
  const at::Tensor weight = layer.weight.clone().requires_grad_();
  const at::Tensor bias = layer.bias.clone().requires_grad_();
  denseProduct(layer.input, weight, bias).sum().backward();
  EXPECT_FALSE(layer.input.grad().defined());
  EXPECT_TRUE(at::allclose(bias.grad(), at::full({5}, 4.0)));
  const torch::NoGradGuard no_grad;
  EXPECT_FALSE(denseProduct(layer.input, weight, bias).requires_grad());
}

TEST(DenseProduct, TakesWhatABlasWouldCompute) {
  EXPECT_TRUE(sharesProducts(at::zeros({2, 3})));
  EXPECT_TRUE(sharesProducts(at::zeros({2, 3}, at::kDouble)));
  EXPECT_FALSE(sharesProducts(at::zeros({2, 3}, at::kBFloat16)));
}

}  // namespace
}  // namespace fer::nn
