#include "nn/layers/norm_relu_max_pool.hpp"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <gtest/gtest.h>
#include <torch/utils.h>

#include <limits>

#include "nn/layers/layers.hpp"

namespace fer::nn {
namespace {

struct Result {
  at::Tensor output;
  std::vector<std::pair<std::string, at::Tensor>> others;  ///< gradients and running values, by name
};

Result after(torch::nn::Module& norm, const at::Tensor& images, const at::Tensor& weights, const auto& forward) {
  const at::Tensor input = images.detach().clone().requires_grad_();
  const at::Tensor output = forward(input);
  (output * weights).sum().backward();
  Result result{output.detach(), {{"images", input.grad()}}};
  for (const auto& item : norm.named_parameters()) result.others.emplace_back(item.key(), item.value().grad());
  for (const auto& item : norm.named_buffers()) result.others.emplace_back(item.key(), item.value());
  return result;
}

/// Scales of both signs, and shifts.
void setNorm(torch::nn::Module& norm) {
  const torch::NoGradGuard no_grad;
  at::Tensor weight = norm.named_parameters()["weight"];
  at::Tensor bias = norm.named_parameters()["bias"];
  weight.copy_(at::linspace(-1.5, 2, weight.numel()));
  bias.copy_(at::linspace(0.5, -0.75, bias.numel()));
}

Result ours(const at::Tensor& images, const at::Tensor& weights, bool training = true) {
  BatchNormReluMaxPool norm(images.size(1));
  setNorm(norm);
  norm.to(images.scalar_type() == at::kDouble ? at::kDouble : at::kFloat);
  norm.train(training);
  return after(norm, images, weights, [&](const at::Tensor& input) { return norm.forward(input); });
}

/// LibTorch's layers one after the other, in float64.
Result libtorchs(const at::Tensor& images, const at::Tensor& weights, bool training = true) {
  const auto norm = std::make_shared<ImageBatchNorm>(images.size(1));
  setNorm(*norm);
  norm->to(at::kDouble);
  norm->train(training);
  return after(*norm, images.to(at::kDouble), weights.to(at::kDouble), [&](const at::Tensor& input) {
    return at::max_pool2d(at::relu(norm->forward(input)), {2, 2});
  });
}

double difference(const at::Tensor& a, const at::Tensor& b) {
  return (a.to(at::kDouble) - b.to(at::kDouble)).abs().max().item<double>();
}

void expectNear(const Result& mine, const Result& theirs, double tolerance, const std::string& what) {
  EXPECT_LT(difference(mine.output, theirs.output), tolerance) << what;
  ASSERT_EQ(mine.others.size(), 5U);
  for (std::size_t i = 0; i < mine.others.size(); ++i) {
    const auto& [name, tensor] = theirs.others[i];
    EXPECT_EQ(mine.others[i].first, name);
    const double largest = std::max(1.0, tensor.abs().max().item<double>());
    EXPECT_LT(difference(mine.others[i].second, tensor) / largest, tolerance) << what << ": " << name;
  }
}

at::Tensor channelsLast(const at::Tensor& images) {
  return images.contiguous(at::MemoryFormat::ChannelsLast);
}

/// Means far from zero, 30 deviations, so that a variance by differences of float32 sums would show. Of few values, so
/// that rounding makes no two of a window alike that were not.
at::Tensor imagesOf(at::IntArrayRef size) {
  return channelsLast(at::randint(-48, 49, size) / 256 + 3);
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
    const Result mine = ours(images, weights);
    EXPECT_EQ(mine.output.scalar_type(), at::kBFloat16);
    EXPECT_EQ(mine.others[0].second.scalar_type(), at::kBFloat16);
    expectNear(mine, libtorchs(images, weights), 1.0 / 64, "C = " + std::to_string(size[1]));
  }
}

TEST(BatchNormReluMaxPool, IsTheSameWhateverTheNumberOfThreads) {
  const int before = at::get_num_threads();
  const at::Tensor images = imagesOf({16, 48, 24, 24});
  const at::Tensor weights = at::randn({16, 48, 12, 12});
  at::set_num_threads(1);
  const Result one = ours(images, weights);
  at::set_num_threads(3);
  const Result three = ours(images, weights);
  at::set_num_threads(before);
  EXPECT_TRUE(at::equal(one.output, three.output));
  for (std::size_t i = 0; i < one.others.size(); ++i)
    EXPECT_TRUE(at::equal(one.others[i].second, three.others[i].second)) << one.others[i].first;
}

TEST(BatchNormReluMaxPool, OtherLayoutsTypesAndOddSizesTakeTheLayersOneByOne) {
  const at::Tensor images = imagesOf({2, 6, 7, 9});
  const at::Tensor weights = at::randn({2, 6, 3, 4});
  const Result expected = libtorchs(images, weights);
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
