// ImageBatchNorm, alone and with a ReLU, by our passes against LibTorch's operations.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <limits>

#include "nn/layers/layers.hpp"
#include "support/norm_result.hpp"

namespace fer::nn {
namespace {

at::Tensor forwardOf(ImageBatchNorm& norm, const at::Tensor& images, bool relu) {
  return relu ? norm.forwardRelu(images) : norm.forward(images);
}

NormResult normalised(const at::Tensor& images, const at::Tensor& weights, bool relu, bool training = true) {
  ImageBatchNorm norm(images.size(1));
  setNorm(norm);
  norm.to(images.scalar_type() == at::kDouble ? at::kDouble : at::kFloat);
  norm.train(training);
  return after(norm, images, weights, [&](const at::Tensor& input) { return forwardOf(norm, input, relu); });
}

/// LibTorch's, in float64.
NormResult normalisedByLibTorch(const at::Tensor& images, const at::Tensor& weights, bool relu, bool training = true) {
  ImageBatchNorm norm(images.size(1), nullptr, kNormEpsilon, Kernels::kPlain);
  setNorm(norm);
  norm.to(at::kDouble);
  norm.train(training);
  return after(norm, images.to(at::kDouble), weights.to(at::kDouble), [&](const at::Tensor& input) {
    const at::Tensor output = norm.forward(input);
    return relu ? at::relu(output) : output;
  });
}

/// Channels that fill vectors of 16, that do not, and pixels that are left over.
const std::vector<std::vector<std::int64_t>> kNormSizes{{4, 64, 24, 24}, {3, 24, 5, 7}, {3, 5, 6, 10},
                                                        {2, 200, 1, 3},  {4, 1, 6, 4},  {1, 17, 1, 2}};

TEST(ImageBatchNorm, IsLibTorchsInOutputAndGradients) {
  for (const auto& size : kNormSizes)
    for (const bool relu : {false, true})
      for (const bool training : {true, false}) {
        const at::Tensor images = imagesOf(size);
        const at::Tensor weights = at::randn(size);
        expectNear(normalised(images, weights, relu, training), normalisedByLibTorch(images, weights, relu, training),
                   2e-5, (relu ? "ReLU, C = " : "C = ") + std::to_string(size[1]));
      }
}

// Outputs lie below 8, where a step of bfloat16 is 1/32.
TEST(ImageBatchNorm, OfBfloat16IsRoundedOnce) {
  for (const auto& size : kNormSizes) {
    const at::Tensor images = channelsLast(at::randn(size)).to(at::kBFloat16);
    const at::Tensor weights = at::randn(size).to(at::kBFloat16);
    for (const bool relu : {false, true}) {
      const NormResult mine = normalised(images, weights, relu);
      EXPECT_EQ(mine.output.scalar_type(), at::kBFloat16);
      EXPECT_EQ(mine.others[0].second.scalar_type(), at::kBFloat16);
      expectNear(mine, normalisedByLibTorch(images, weights, relu), 1.0 / 32, "C = " + std::to_string(size[1]));
    }
  }
}

TEST(ImageBatchNorm, IsTheSameWhateverTheNumberOfThreads) {
  const at::Tensor images = imagesOf({16, 24, 25, 25});
  const at::Tensor weights = at::randn({16, 24, 25, 25});
  const auto step = [&] { return normalised(images, weights, true); };
  const NormResult one = byThreads(1, step);
  const NormResult three = byThreads(3, step);
  EXPECT_TRUE(at::equal(one.output, three.output));
  for (std::size_t i = 0; i < one.others.size(); ++i)
    EXPECT_TRUE(at::equal(one.others[i].second, three.others[i].second)) << one.others[i].first;
}

TEST(ImageBatchNorm, OtherLayoutsAndTypesTakeLibTorchs) {
  const at::Tensor images = imagesOf({2, 6, 7, 9});
  const at::Tensor weights = at::randn({2, 6, 7, 9});
  const NormResult expected = normalisedByLibTorch(images, weights, true);
  expectNear(normalised(images.contiguous(), weights, true), expected, 2e-5, "channels first");
  expectNear(normalised(images.to(at::kDouble), weights.to(at::kDouble), true), expected, 1e-12, "double");
}

TEST(ImageBatchNorm, WithoutGradientsAnEvaluationIsTheSame) {
  for (const bool relu : {false, true}) {
    ImageBatchNorm norm(7);
    setNorm(norm);
    norm.forward(imagesOf({4, 7, 8, 8}));  // moves the running values
    norm.eval();
    const at::Tensor images = imagesOf({4, 7, 8, 8});
    const at::Tensor with = forwardOf(norm, images.detach().clone().requires_grad_(), relu);
    const torch::NoGradGuard no_grad;
    EXPECT_LT(difference(forwardOf(norm, images, relu), with), 1e-5);
  }
}

TEST(ImageBatchNorm, ASecondBackwardPassIsTheFirst) {
  ImageBatchNorm norm(8);
  const at::Tensor images = imagesOf({2, 8, 4, 4}).requires_grad_();
  const at::Tensor output = norm.forwardRelu(images);
  const at::Tensor loss = (output * output).sum();
  loss.backward({}, /*retain_graph=*/true);
  const at::Tensor first = images.grad().clone();
  loss.backward();
  EXPECT_TRUE(at::equal(images.grad(), first * 2));
}

TEST(ImageBatchNorm, LetsNaNThrough) {
  ImageBatchNorm norm(3);
  at::Tensor images = imagesOf({1, 3, 4, 4});
  images[0][1][2][3] = std::numeric_limits<float>::quiet_NaN();
  const at::Tensor output = norm.forwardRelu(images);
  EXPECT_TRUE(at::isnan(output[0][1]).all().item<bool>());
  EXPECT_FALSE(at::isnan(output[0][0]).any().item<bool>());
}

}  // namespace
}  // namespace fer::nn
