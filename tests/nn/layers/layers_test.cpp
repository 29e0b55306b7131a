#include "nn/layers/layers.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <torch/utils.h>

#include "fer/nn/memory/layout.hpp"

namespace fer::nn {
namespace {

// A single image takes another way through LibTorch than several do.
TEST(Conv, OfASingleImageIsAsAmongOthersInOutputAndGradients) {
  for (const Conv::Options options : {Conv::Options{3}, Conv::Options{5, 2}, Conv::Options{1},
                                      Conv::Options{7, 2, false}, Conv::Options{3, 2, true, 2}}) {
    Conv conv(6, 10, options);
    const at::Tensor images = fastLayout(at::randn({2, 6, 9, 12}));
    const auto gradients = [&](const at::Tensor& input) {
      at::Tensor leaf = input.clone().requires_grad_();
      const at::Tensor output = conv.forward(leaf);
      (output.narrow(0, 0, 1) * at::linspace(-1, 1, output[0].numel()).view_as(output[0])).sum().backward();
      std::vector<at::Tensor> found{output.detach()[0], leaf.grad()[0]};
      for (const at::Tensor& parameter : conv.parameters()) found.push_back(parameter.grad().clone());
      conv.zero_grad();
      return found;
    };
    {
      const torch::NoGradGuard no_grad;
      for (at::Tensor& parameter : conv.parameters()) parameter.normal_();
    }
    const std::vector<at::Tensor> alone = gradients(images.narrow(0, 0, 1));
    const std::vector<at::Tensor> among = gradients(images);
    for (std::size_t i = 0; i < alone.size(); ++i)
      EXPECT_TRUE(at::allclose(alone[i], among[i], 1e-4, 1e-4)) << options.kernel << ": " << i;
  }
}

// Two groups are two convolutions of half the maps each; six of six maps are one of each map alone.
TEST(Conv, OfGroupsIsSeveralSideBySide) {
  const torch::NoGradGuard no_grad;
  for (const Kernels kernels : {Kernels::kFast, Kernels::kPlain})
    for (const std::int64_t groups : {2, 6})
      for (const std::int64_t count : {1, 3}) {
        Conv conv(6, 12, {3, 2, true, groups, kernels});
        EXPECT_EQ(conv.named_parameters()["weight"].sizes(), (at::IntArrayRef{12, 6 / groups, 3, 3}));
        for (at::Tensor& parameter : conv.parameters()) parameter.normal_();
        const at::Tensor images = fastLayout(at::randn({count, 6, 9, 12}));
        const auto part = [&](const char* name) { return conv.named_parameters()[name].chunk(groups, 0); };
        std::vector<at::Tensor> expected;
        for (std::int64_t group = 0; group < groups; ++group) {
          const auto at = static_cast<std::size_t>(group);
          expected.push_back(at::conv2d(images.chunk(groups, 1)[at], part("weight")[at], part("bias")[at], 2, 1));
        }
        const at::Tensor maps = at::cat(expected, 1);
        EXPECT_TRUE(at::allclose(conv.forward(images), maps, 1e-4, 1e-4)) << groups << " " << count;
        EXPECT_TRUE(at::allclose(conv.forwardRelu(images), at::relu(maps), 1e-4, 1e-4)) << groups << " " << count;
      }
}

TEST(Flatten, IsInChannelRowColumnOrderWhateverTheLayout) {
  const at::Tensor images = at::arange(2 * 3 * 4 * 5, at::kFloat).view({2, 3, 4, 5});
  const at::Tensor expected = at::arange(2 * 3 * 4 * 5, at::kFloat).view({2, 60});
  EXPECT_TRUE(at::equal(nn::flatten(images), expected));
  EXPECT_TRUE(at::equal(nn::flatten(images.contiguous(at::MemoryFormat::ChannelsLast)), expected));
}

// A deviation of one value is 0, and n - 1 is, too. By hand: the running mean goes to 0.01 * 5, the variance to
// 0.99 * 1 + 0.01 * 0, and the output is the bias.
TEST(BatchNorms, OfASingleValueStayFinite) {
  DenseBatchNorm dense(1);
  const auto image = std::make_shared<ImageBatchNorm>(1);
  const auto trainedOn = [](auto& norm, at::Tensor input) {
    input.requires_grad_();
    const at::Tensor output = norm.forward(input);
    EXPECT_NEAR(output.item<double>(), 0, 1e-5);  // 5 times 1 / sqrt(epsilon), minus the same, rounded
    output.sum().backward();
    EXPECT_EQ(input.grad().item<double>(), 0);
    EXPECT_NEAR(norm.named_buffers()["running_mean"].template item<double>(), 0.01 * 5, 1e-7);
    EXPECT_NEAR(norm.named_buffers()["running_var"].template item<double>(), 0.99, 1e-7);
    EXPECT_EQ(norm.named_parameters()["bias"].grad().template item<double>(), 1);
  };
  trainedOn(dense, at::full({1, 1}, 5.0));
  trainedOn(*image, at::full({1, 1, 1, 1}, 5.0));
}

// Batch 1, 2, 3, 6: mean 3, sum of squared differences 14; momentum 0.99 in Keras' terms, running values from 0 and 1.
TEST(DenseBatchNorm, FeedsTheRunningVarianceTheBiasedVariance) {
  DenseBatchNorm norm(1);
  norm.train();
  const at::Tensor output = norm.forward(at::tensor({1.0F, 2.0F, 3.0F, 6.0F}).view({4, 1}));
  EXPECT_NEAR(norm.named_buffers()["running_mean"].item<double>(), 0.01 * 3, 1e-7);
  EXPECT_NEAR(norm.named_buffers()["running_var"].item<double>(), 0.99 + 0.01 * 14 / 4, 1e-6);
  EXPECT_NEAR(output[3][0].item<double>(), 3 / std::sqrt(3.5 + 1e-3), 1e-5);
  norm.eval();
  EXPECT_NEAR(norm.forward(at::full({1, 1}, 2.0F)).item<double>(), (2 - 0.03) / std::sqrt(1.025 + 1e-3), 1e-5);
}

// The same four numbers as one channel: Keras 2's fused batch norm feeds the unbiased variance, 14 / 3.
TEST(ImageBatchNorm, FeedsTheRunningVarianceTheUnbiasedVariance) {
  const auto norm = std::make_shared<ImageBatchNorm>(1);
  norm->train();
  norm->forward(at::tensor({1.0F, 2.0F, 3.0F, 6.0F}).view({4, 1, 1, 1}));
  EXPECT_NEAR(norm->named_buffers()["running_mean"].item<double>(), 0.01 * 3, 1e-7);
  EXPECT_NEAR(norm->named_buffers()["running_var"].item<double>(), 0.99 + 0.01 * 14 / 3, 1e-6);
}

}  // namespace
}  // namespace fer::nn
