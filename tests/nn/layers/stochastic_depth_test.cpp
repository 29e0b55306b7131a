#include "nn/layers/stochastic_depth.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "fer/core/random.hpp"

namespace fer::nn {
namespace {

TEST(StochasticDepth, DrawsWhatEachImagesStreamSays) {
  for (const std::uint32_t layer : {0U, 2U, 5U}) {
    const at::Tensor factors = branchFactors(40, 0.25, {11, 3, 17}, layer);
    ASSERT_EQ(factors.sizes(), (at::IntArrayRef{40, 1, 1, 1}));
    for (std::uint32_t image = 0; image < 40; ++image) {
      RandomStream stream(11, Purpose::kStochasticDepth, 3, 17, image);
      float draw = stream.uniform();
      for (std::uint32_t i = 0; i < layer; ++i) draw = stream.uniform();
      EXPECT_EQ(factors.data_ptr<float>()[image], draw < 0.25F ? 0.0F : 1 / 0.75F) << layer << " " << image;
    }
  }
}

TEST(StochasticDepth, DropsItsShareOfImagesWholeAndNoneInEvaluation) {
  const auto position = std::make_shared<StepPosition>(StepPosition{1, 2, 3});
  StochasticDepth layer(0.2, 1, position);
  const at::Tensor images = at::ones({4000, 2, 3, 3});
  layer.train();
  const at::Tensor output = layer.forward(images);
  const at::Tensor sums = output.sum(at::IntArrayRef{1, 2, 3});
  const double dropped = sums.eq(0).sum().item<double>() / 4000;
  EXPECT_NEAR(dropped, 0.2, 4 * std::sqrt(0.2 * 0.8 / 4000));
  EXPECT_TRUE(at::logical_or(sums.eq(0), at::isclose(sums, at::full_like(sums, 18 / 0.8))).all().item<bool>());
  position->step = 4;
  EXPECT_FALSE(at::equal(layer.forward(images), output));
  layer.eval();
  EXPECT_TRUE(at::equal(layer.forward(images), images));
}

// A dropped image's branch learns nothing, another's gradient is scaled as its maps are.
TEST(StochasticDepth, ScalesTheGradientAlike) {
  const auto position = std::make_shared<StepPosition>();
  StochasticDepth layer(0.5, 0, position);
  const at::Tensor images = at::randn({16, 2, 3, 3}).requires_grad_();
  layer.forward(images).sum().backward();
  const at::Tensor factors = branchFactors(16, 0.5, *position, 0);
  EXPECT_TRUE(at::equal(images.grad(), factors.expand({16, 2, 3, 3})));
  EXPECT_EQ(factors.eq(0).any().item<bool>(), true);
  EXPECT_EQ(factors.eq(2).any().item<bool>(), true);
}

TEST(StochasticDepth, KeepsTheTypeOfItsInput) {
  StochasticDepth layer(0.5, 0, std::make_shared<StepPosition>());
  const at::Tensor output = layer.forward(at::ones({16, 1, 2, 2}, at::kBFloat16));
  EXPECT_EQ(output.scalar_type(), at::kBFloat16);
  EXPECT_EQ(output.max().item<float>(), 2);
}

}  // namespace
}  // namespace fer::nn
