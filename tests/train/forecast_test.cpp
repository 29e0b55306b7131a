#include "fer/train/forecast.hpp"

#include <ATen/ATen.h>
#include <ATen/ThreadLocalState.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "nn/layers/layers.hpp"
#include "support/small_training.hpp"
#include "train/flop_counter.hpp"

namespace fer::train {
namespace {

using ::testing::HasSubstr;

TEST(FlopCounter, CountsTwoAMultiplyAddBothWays) {
  const at::Tensor images = at::rand({2, 3, 8, 8}).requires_grad_();
  const at::Tensor kernels = at::rand({4, 3, 3, 3}).requires_grad_();
  constexpr double kConvolution = 2.0 * (2 * 4 * 8 * 8) * (3 * 3 * 3);
  {
    const FlopCounter counter;
    const at::Tensor maps = at::conv2d(images, kernels, {}, 1, 1);
    EXPECT_EQ(counter.flop(), kConvolution);
    maps.sum().backward();
    EXPECT_EQ(counter.flop(), 3 * kConvolution);  // the gradients of images and kernels too
  }
  const at::Tensor weights = at::rand({5, 7}).requires_grad_();
  const FlopCounter counter;
  const at::Tensor output = at::linear(at::rand({6, 7}), weights, at::rand({5}));
  EXPECT_EQ(counter.flop(), 2.0 * 6 * 7 * 5);
  output.sum().backward();
  EXPECT_EQ(counter.flop(), 2 * 2.0 * 6 * 7 * 5);  // of the weights alone
}

TEST(FlopCounter, CountsADenseLayersProductsOnceWhicheverThreadsMakeThem) {
  nn::Dense dense(4608, 256);
  const at::Tensor input = at::rand({64, 4608}).requires_grad_();
  const FlopCounter counter;
  const at::Tensor output = dense.forward(input);
  EXPECT_EQ(counter.flop(), 2.0 * 64 * 4608 * 256);
  output.sum().backward();
  EXPECT_EQ(counter.flop(), 3 * 2.0 * 64 * 4608 * 256);
}

TEST(FlopCounter, CountsAConvolutionOnceForOneImageAndForSeveral) {
  nn::Conv conv(3, 4, {});
  for (const std::int64_t images : {1, 2}) {
    const at::Tensor input = at::rand({images, 3, 8, 8}).requires_grad_();
    const double once = 2.0 * static_cast<double>(images) * (4 * 8 * 8) * (3 * 3 * 3);
    const FlopCounter counter;
    const at::Tensor maps = conv.forward(input);
    EXPECT_EQ(counter.flop(), once);
    maps.sum().backward();
    EXPECT_EQ(counter.flop(), 3 * once);
  }
}

// As autograd does for a GPU's backward pass: another thread, with what belongs to the one that asked for it.
TEST(FlopCounter, CountsWhatAnotherThreadDoesOnItsBehalf) {
  const at::Tensor square = at::rand({4, 4});
  const FlopCounter counter;
  const at::ThreadLocalState asked;
  std::thread([&] {
    const at::ThreadLocalStateGuard guard(asked);
    at::mm(square, square);
  }).join();
  EXPECT_EQ(counter.flop(), 2.0 * 4 * 4 * 4);
  std::thread([&] { at::mm(square, square); }).join();  // somebody else's
  EXPECT_EQ(counter.flop(), 2.0 * 4 * 4 * 4);
}

TEST(FlopCounter, CountsOnlyWhileItLives) {
  const at::Tensor square = at::rand({4, 4});
  { const FlopCounter counter; }
  at::mm(square, square);
  const FlopCounter counter;
  EXPECT_EQ(counter.flop(), 0);
}

TEST(Forecast, SaysWhatATrainingTakes) {
  const Experiment experiment = test::smallExperiment(3);
  const data::TrainingData data = test::brightnessData(100);
  const auto network = test::startingNetwork(experiment, data);
  const nn::ParameterCount count = nn::countParameters(*network);
  const Forecast result = forecast(experiment, data, *network, {});
  EXPECT_EQ(result.parameters.total, count.total);
  EXPECT_EQ(result.data_bytes, 100U * 256U);
  const auto statistics = static_cast<std::size_t>(count.total - count.trainable);
  EXPECT_EQ(result.state_bytes, static_cast<std::size_t>(count.trainable) * 16 + statistics * 4);
  EXPECT_EQ(result.restore_bytes, static_cast<std::size_t>(count.total) * 4);
  // By hand: 3x3 from 1 to 64 on 16 x 16, 5x5 to 128 on 8 x 8, 3x3 to 512 on 4 x 4, 3x3 to 512 on 2 x 2; then 512 to
  // 256 to 512 to 3. All thrice in training, but the first once less.
  const double first = 2.0 * 256 * 64 * 9;
  const double others =
      2.0 * (64.0 * 128 * 64 * 25 + 16.0 * 512 * 128 * 9 + 4.0 * 512 * 512 * 9 + 512 * 256 + 256 * 512 + 512 * 3);
  EXPECT_DOUBLE_EQ(result.forward_flop, first + others);
  EXPECT_DOUBLE_EQ(result.training_flop, 2 * first + 3 * others);
  EXPECT_GT(result.trained_per_second, 0);
  EXPECT_NEAR(result.epoch_seconds, 80 / result.trained_per_second + 20 / result.validated_per_second, 1e-9);
  const std::string text = forecastText(result, experiment.train);
  EXPECT_THAT(text, HasSubstr("for all 3 epochs, if early stopping does not end it sooner"));
  EXPECT_THAT(text, HasSubstr(std::to_string(count.trainable) + " of them trained"));
}

}  // namespace
}  // namespace fer::train
