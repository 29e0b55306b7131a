#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <gtest/gtest.h>

#include <cmath>

#include "fer/core/random.hpp"
#include "nn/layers/dropout.hpp"
#include "nn/layers/layers.hpp"

namespace fer::nn {
namespace {

// The vectorised draw against the definition in the header, with a length that is no whole number of groups.
TEST(SeededDropout, IsWhatPhiloxSays) {
  const at::Tensor input = at::ones({1003});
  const at::Tensor output = seededDropout(input, 0.25, {11, 3, 17}, 5);
  for (std::uint32_t i = 0; i < 1003; ++i) {
    const PhiloxCounter words = philox({i / 4, 17, 3, 5}, {11, static_cast<std::uint32_t>(Purpose::kDropout)});
    const bool dropped = static_cast<double>(words.at(i % 4) >> 8) / 0x1p24 < 0.25;
    ASSERT_EQ(output.data_ptr<float>()[i], dropped ? 0.0F : 1.0F / 0.75F) << i;
  }
}

TEST(SeededDropout, DoesNotDependOnThreads) {
  const at::Tensor input = at::ones({1'000'000});
  const int before = at::get_num_threads();
  at::set_num_threads(1);
  const at::Tensor one = seededDropout(input, 0.5, {1, 2, 3}, 0);
  at::set_num_threads(3);
  const at::Tensor three = seededDropout(input, 0.5, {1, 2, 3}, 0);
  at::set_num_threads(before);
  EXPECT_TRUE(at::equal(one, three));
}

// bfloat16 drops the same activations and rounds like LibTorch, NaN and infinity included.
TEST(SeededDropout, InBf16IsTheRoundedProduct) {
  at::Tensor input = at::randn({5001}).to(at::kBFloat16);
  input[7] = std::numeric_limits<float>::quiet_NaN();
  input[8] = std::numeric_limits<float>::infinity();
  const at::Tensor mask = seededDropout(at::ones({5001}), 0.25, {1, 2, 3}, 4);
  const at::Tensor expected = (input.to(at::kFloat) * mask).to(at::kBFloat16);
  const at::Tensor output = seededDropout(input, 0.25, {1, 2, 3}, 4);
  EXPECT_TRUE(at::allclose(output.to(at::kFloat), expected.to(at::kFloat), 0, 0, /*equal_nan=*/true));
}

TEST(SeededDropout, TheGradientMayLieOtherwiseInMemory) {
  const at::Tensor input = at::ones({2, 3, 8, 8}).contiguous(at::MemoryFormat::ChannelsLast).requires_grad_();
  const at::Tensor output = seededDropout(input, 0.5, {1, 2, 3}, 0);
  output.backward(at::ones({2, 3, 8, 8}));
  EXPECT_TRUE(at::equal(input.grad(), output.detach()));
}

TEST(Dropout, DropsItsShareInTrainingAndNothingInEvaluation) {
  const auto position = std::make_shared<StepPosition>();
  Dropout dropout(0.25, 0, position);
  const at::Tensor input = at::ones({400, 250});
  dropout.train();
  const at::Tensor output = dropout.forward(input);
  const double share = output.eq(0).sum().item<double>() / 100000;
  EXPECT_NEAR(share, 0.25, 5 * std::sqrt(0.25 * 0.75 / 100000));
  EXPECT_TRUE(
      at::equal(output.masked_select(output.ne(0)), at::full({output.ne(0).sum().item<std::int64_t>()}, 1 / 0.75F)));
  dropout.eval();
  EXPECT_TRUE(at::equal(dropout.forward(input), input));
}

TEST(Dropout, EveryLayerAndStepHasItsOwnMaskAndTheSameOneAgain) {
  const auto position = std::make_shared<StepPosition>();
  Dropout first(0.5, 0, position);
  Dropout second(0.5, 1, position);
  const at::Tensor input = at::ones({1000});
  const at::Tensor at_start = first.forward(input);
  EXPECT_FALSE(at::equal(at_start, second.forward(input)));
  position->step = 1;
  EXPECT_FALSE(at::equal(at_start, first.forward(input)));
  position->step = 0;
  EXPECT_TRUE(at::equal(at_start, first.forward(input)));
}

TEST(Dropout, GradientPassesWhereTheMaskLetsThrough) {
  Dropout dropout(0.5, 0, std::make_shared<StepPosition>());
  const at::Tensor input = at::ones({64}).requires_grad_();
  const at::Tensor output = dropout.forward(input);
  output.sum().backward();
  EXPECT_TRUE(at::equal(input.grad(), output.detach()));  // of ones: the output is the mask
}

}  // namespace
}  // namespace fer::nn
