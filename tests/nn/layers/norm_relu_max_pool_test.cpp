#include "nn/layers/norm_relu_max_pool.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <limits>

#include "nn/layers/layers.hpp"
#include "support/norm_result.hpp"

namespace fer::nn {
namespace {

NormResult ours(const at::Tensor& images, const at::Tensor& weights, bool training = true) {
  BatchNormReluMaxPool norm(images.size(1));
  setNorm(norm);
  norm.to(images.scalar_type() == at::kDouble ? at::kDouble : at::kFloat);
  norm.train(training);
  return after(norm, images, weights, [&](const at::Tensor& input) { return norm.forward(input); });
}

/// LibTorch's layers one after the other, in float64.
NormResult libtorchs(const at::Tensor& images, const at::Tensor& weights, bool training = true) {
  const auto norm = std::make_shared<ImageBatchNorm>(images.size(1));
  setNorm(*norm);
  norm->to(at::kDouble);
  norm->train(training);
  return after(*norm, images.to(at::kDouble), weights.to(at::kDouble), [&](const at::Tensor& input) {
    return at::max_pool2d(at::relu(norm->forward(input)), {2, 2});
  });
}

const std::vector<std::vector<std::int64_t>> kSizes{{8, 64, 48, 48}, {3, 5, 6, 10}, {2, 200, 2, 2}, {4, 1, 6, 4}};

std::vector<std::int64_t> pooledSize(const std::vector<std::int64_t>& size) {
  return {size[0], size[1], size[2] / 2, size[3] / 2};
}

TEST(BatchNormReluMaxPool, IsLibTorchsThreeLayersInOutputAndGradients) {
  for (const auto& size : kSizes)
    for (const bool training : {true, false}) {
      const at::Tensor images = imagesOf(size);
      const at::Tensor weights = at::randn(pooledSize(size));
      expectNear(ours(images, weights, training), libtorchs(images, weights, training), 2e-5,
                 "C = " + std::to_string(size[1]) + (training ? " training" : " evaluation"));
    }
}

// bfloat16 has 8 bits: what is in that type is right to one of its steps, what is summed up in float64 is nearer.
TEST(BatchNormReluMaxPool, OfBfloat16IsRoundedOnce) {
  for (const auto& size : kSizes) {
    const at::Tensor images = channelsLast(at::randn(size)).to(at::kBFloat16);
    const at::Tensor weights = at::randn(pooledSize(size)).to(at::kBFloat16);
    const NormResult mine = ours(images, weights);
    EXPECT_EQ(mine.output.scalar_type(), at::kBFloat16);
    EXPECT_EQ(mine.others[0].second.scalar_type(), at::kBFloat16);
    expectNear(mine, libtorchs(images, weights), 1.0 / 64, "C = " + std::to_string(size[1]));
  }
}

TEST(BatchNormReluMaxPool, IsTheSameWhateverTheNumberOfThreads) {
  const at::Tensor images = imagesOf({16, 48, 24, 24});
  const at::Tensor weights = at::randn({16, 48, 12, 12});
  const auto step = [&] { return ours(images, weights); };
  const NormResult one = byThreads(1, step);
  const NormResult three = byThreads(3, step);
  EXPECT_TRUE(at::equal(one.output, three.output));
  for (std::size_t i = 0; i < one.others.size(); ++i)
    EXPECT_TRUE(at::equal(one.others[i].second, three.others[i].second)) << one.others[i].first;
}

TEST(BatchNormReluMaxPool, OtherLayoutsTypesAndOddSizesTakeTheLayersOneByOne) {
  const at::Tensor images = imagesOf({2, 6, 7, 9});
  const at::Tensor weights = at::randn({2, 6, 3, 4});
  const NormResult expected = libtorchs(images, weights);
  expectNear(ours(images, weights), expected, 2e-5, "odd");
  expectNear(ours(images.contiguous(), weights), expected, 2e-5, "channels first");
  expectNear(ours(images.to(at::kDouble), weights.to(at::kDouble)), libtorchs(images, weights), 1e-12, "double");
}

TEST(BatchNormReluMaxPool, WithoutGradientsAnEvaluationIsTheSame) {
  BatchNormReluMaxPool norm(7);
  setNorm(norm);
  norm.forward(imagesOf({4, 7, 8, 8}));  // moves the running values
  norm.eval();
  const at::Tensor images = imagesOf({4, 7, 8, 8});
  const at::Tensor with = norm.forward(images.detach().clone().requires_grad_());
  const torch::NoGradGuard no_grad;
  EXPECT_LT(difference(norm.forward(images), with), 1e-5);
}

TEST(BatchNormReluMaxPool, LetsNaNThrough) {
  BatchNormReluMaxPool norm(3);
  at::Tensor images = imagesOf({1, 3, 4, 4});
  images[0][1][2][3] = std::numeric_limits<float>::quiet_NaN();
  const at::Tensor output = norm.forward(images);
  EXPECT_TRUE(at::isnan(output[0][1]).all().item<bool>());
  EXPECT_FALSE(at::isnan(output[0][0]).any().item<bool>());
}

}  // namespace
}  // namespace fer::nn
