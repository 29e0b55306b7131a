#include "nn/layers/relu_max_pool.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <limits>

namespace fer::nn {
namespace {

struct Pooled {
  at::Tensor output;
  at::Tensor gradient;
};

Pooled pooledBy(const at::Tensor& images, const at::Tensor& weights, const auto& pool) {
  const at::Tensor input = images.detach().clone().requires_grad_();
  const at::Tensor output = pool(input.mul(1));  // a leaf must not be changed in place
  (output * weights).sum().backward();
  return {output.detach(), input.grad()};
}

Pooled ourPool(const at::Tensor& images, const at::Tensor& weights) {
  return pooledBy(images, weights, [](const at::Tensor& input) { return reluMaxPool2(input); });
}

Pooled libtorchsPool(const at::Tensor& images, const at::Tensor& weights) {
  return pooledBy(images, weights, [](const at::Tensor& input) { return at::max_pool2d(at::relu(input), {2, 2}); });
}

bool samePool(const at::Tensor& a, const at::Tensor& b) {
  return a.scalar_type() == b.scalar_type() && a.sizes() == b.sizes() &&
         at::allclose(a.to(at::kFloat), b.to(at::kFloat), 0, 0, /*equal_nan=*/true);
}

/// Whole numbers from -3 to 3, so that there are ties, zeros and negative windows.
at::Tensor smallNumbers(at::IntArrayRef size, at::ScalarType type) {
  return at::randint(-3, 4, size, at::kFloat).to(type).contiguous(at::MemoryFormat::ChannelsLast);
}

TEST(ReluMaxPool, IsLibTorchsTwoStepsInOutputAndGradient) {
  const std::vector<std::vector<std::int64_t>> sizes{{2, 64, 48, 48}, {3, 5, 7, 9}, {1, 17, 2, 2}, {4, 1, 6, 5}};
  for (const at::ScalarType type : {at::kFloat, at::kBFloat16})
    for (const auto& size : sizes) {
      const at::Tensor images = smallNumbers(size, type);
      const at::Tensor weights = smallNumbers({size[0], size[1], size[2] / 2, size[3] / 2}, type);
      const Pooled mine = ourPool(images, weights);
      const Pooled theirs = libtorchsPool(images, weights);
      EXPECT_TRUE(samePool(mine.output, theirs.output)) << images.sizes() << " " << type;
      EXPECT_TRUE(samePool(mine.gradient, theirs.gradient)) << images.sizes() << " " << type;
    }
}

TEST(MaxPool, IsLibTorchsInOutputAndGradient) {
  for (const at::ScalarType type : {at::kFloat, at::kBFloat16, at::kDouble})
    for (const std::vector<std::int64_t>& size : {std::vector<std::int64_t>{2, 64, 20, 20}, {3, 5, 7, 9}}) {
      const at::Tensor images = smallNumbers(size, type);
      const at::Tensor weights = smallNumbers({size[0], size[1], size[2] / 2, size[3] / 2}, type);
      const Pooled mine = pooledBy(images, weights, &maxPool2);
      const Pooled theirs = pooledBy(images, weights, [](const at::Tensor& input) {
        return at::max_pool2d(input, {2, 2});
      });
      EXPECT_TRUE(samePool(mine.output, theirs.output)) << images.sizes() << " " << type;
      EXPECT_TRUE(samePool(mine.gradient, theirs.gradient)) << images.sizes() << " " << type;
    }
}

TEST(ReluMaxPool, LetsNaNThrough) {
  for (int place = 0; place < 4; ++place) {
    at::Tensor images = at::ones({1, 3, 2, 2}).contiguous(at::MemoryFormat::ChannelsLast);
    images[0][1][place / 2][place % 2] = std::numeric_limits<float>::quiet_NaN();
    const at::Tensor output = reluMaxPool2(images).flatten();
    EXPECT_EQ(output[0].item<float>(), 1.0F);
    EXPECT_TRUE(at::isnan(output[1]).item<bool>()) << place;
  }
}

TEST(ReluMaxPool, OtherLayoutsGiveTheSame) {
  const at::Tensor images = smallNumbers({2, 8, 6, 6}, at::kFloat);
  const at::Tensor weights = at::ones({2, 8, 3, 3});
  EXPECT_TRUE(samePool(ourPool(images.contiguous(), weights).output, ourPool(images, weights).output));
  EXPECT_TRUE(
      samePool(ourPool(images.to(at::kDouble), weights).gradient.to(at::kFloat), ourPool(images, weights).gradient));
}

}  // namespace
}  // namespace fer::nn
