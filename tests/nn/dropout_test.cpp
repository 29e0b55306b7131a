#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <gtest/gtest.h>

#include <cmath>

#include "fer/core/random.hpp"
#include "fer/nn/dropout_mask.hpp"
#include "fer/nn/layers.hpp"

namespace fer::nn {
namespace {

// The vectorised mask against the definition in the header, with a length that is no whole number of groups.
TEST(DropoutMask, IsWhatPhiloxSays) {
  std::vector<float> mask(1003);
  const StepPosition position{11, 3, 17};
  fillDropoutMask(mask, 0.25, position, 5);
  for (std::uint32_t i = 0; i < mask.size(); ++i) {
    const PhiloxCounter words = philox({i / 4, 17, 3, 5}, {11, static_cast<std::uint32_t>(Purpose::kDropout)});
    const bool dropped = static_cast<double>(words.at(i % 4) >> 8) / 0x1p24 < 0.25;
    ASSERT_EQ(mask[i], dropped ? 0.0F : 1.0F / 0.75F) << i;
  }
}

TEST(DropoutMask, DoesNotDependOnThreads) {
  std::vector<float> one(1'000'000);
  std::vector<float> three(one.size());
  const int before = at::get_num_threads();
  at::set_num_threads(1);
  fillDropoutMask(one, 0.5, {1, 2, 3}, 0);
  at::set_num_threads(3);
  fillDropoutMask(three, 0.5, {1, 2, 3}, 0);
  at::set_num_threads(before);
  EXPECT_EQ(one, three);
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
