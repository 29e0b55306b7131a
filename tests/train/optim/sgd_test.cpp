// SGD and AdamW, and what an optimiser does whatever its rule: clipping, decay of kernels alone.
#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <torch/utils.h>

#include <cmath>

#include "support/error_of.hpp"
#include "train/optim/optimiser.hpp"

namespace fer::train {
namespace {

OptimiserOptions sgdOptions(double momentum, bool nesterov, double weight_decay) {
  OptimiserOptions options;
  options.name = "sgd";
  options.momentum = momentum;
  options.nesterov = nesterov;
  options.weight_decay = weight_decay;
  return options;
}

/// A kernel of one number, 1, after two steps with gradients 0.5 and 0.25 and a rate of 0.1.
double afterTwoSteps(const OptimiserOptions& options) {
  at::Tensor p = at::ones({1, 1}).requires_grad_();
  Optimiser optimiser({{"p", p}}, options);
  for (const double gradient : {0.5, 0.25}) {
    p.mutable_grad() = at::full({1, 1}, gradient);
    optimiser.step(0.1);
  }
  return p.detach().item<double>();
}

// b: 0.5, then 0.9 * 0.5 + 0.25 = 0.7.
TEST(Sgd, IsTheFormula) {
  EXPECT_NEAR(afterTwoSteps(sgdOptions(0, false, 0)), 1 - 0.1 * 0.75, 1e-6);
  EXPECT_NEAR(afterTwoSteps(sgdOptions(0.9, false, 0)), 1 - 0.1 * (0.5 + 0.7), 1e-6);
  EXPECT_NEAR(afterTwoSteps(sgdOptions(0.9, true, 0)), 1 - 0.1 * (0.5 + 0.9 * 0.5) - 0.1 * (0.25 + 0.9 * 0.7), 1e-6);
}

// d: 0.5 + 0.1 * 1 = 0.6, p = 0.94; d: 0.25 + 0.1 * 0.94 = 0.344.
TEST(Sgd, AddsItsDecayToTheGradient) {
  EXPECT_NEAR(afterTwoSteps(sgdOptions(0, false, 0.1)), 0.94 - 0.0344, 1e-6);
}

TEST(AdamW, DecaysBesideAdamsStep) {
  OptimiserOptions options;
  options.name = "adamw";
  const double plain = afterTwoSteps(options);
  options.weight_decay = 0.1;
  at::Tensor p = at::ones({1, 1}).requires_grad_();
  p.mutable_grad() = at::full({1, 1}, 0.5);
  Optimiser optimiser({{"p", p}}, options);
  optimiser.step(0.1);
  // Adam's first step is the rate; before it 1 becomes 0.99.
  EXPECT_NEAR(p.detach().item<double>(), 0.99 - 0.1, 1e-5);
  EXPECT_LT(afterTwoSteps(options), plain);
}

TEST(Optimiser, DecaysKernelsAlone) {
  for (const char* name : {"sgd", "adamw"}) {
    OptimiserOptions options = sgdOptions(0.9, true, 0.1);
    options.name = name;
    at::Tensor kernel = at::ones({2, 2}).requires_grad_();
    at::Tensor bias = at::ones({2}).requires_grad_();
    Optimiser optimiser({{"kernel", kernel}, {"bias", bias}}, options);
    kernel.mutable_grad() = at::zeros({2, 2});
    bias.mutable_grad() = at::zeros({2});
    optimiser.step(0.1);
    EXPECT_LT(kernel.detach().max().item<double>(), 0.995) << name;
    EXPECT_TRUE(at::equal(bias.detach(), at::ones({2}))) << name;
  }
}

// Gradients (3, 4) and 12 together are 13 long.
TEST(Optimiser, ClipsAllGradientsTogether) {
  OptimiserOptions options = sgdOptions(0, false, 0);
  options.clip_norm = 6.5;
  at::Tensor a = at::zeros({2}).requires_grad_();
  at::Tensor b = at::zeros({1}).requires_grad_();
  Optimiser optimiser({{"a", a}, {"b", b}}, options);
  const auto step = [&](double scale) {
    a.mutable_grad() = at::tensor({3.0F, 4.0F}) * scale;
    b.mutable_grad() = at::tensor({12.0F}) * scale;
    const torch::NoGradGuard no_grad;
    a.zero_();
    b.zero_();
    optimiser.step(1.0);
  };
  step(1);
  EXPECT_NEAR(a[0].item<double>(), -1.5, 1e-5);
  EXPECT_NEAR(b[0].item<double>(), -6, 1e-5);
  step(0.25);
  EXPECT_NEAR(b[0].item<double>(), -3, 1e-5);  // short enough: as it is
}

/// Everything that twenty steps change.
std::vector<at::Tensor> afterTwentySteps(const OptimiserOptions& options, at::ScalarType type) {
  at::Tensor matrix = at::linspace(-1, 1, 35, at::kFloat).reshape({5, 7}).to(type).requires_grad_();
  Optimiser optimiser({{"matrix", matrix, 1.0 / 3}}, options);
  for (int t = 0; t < 20; ++t) {
    matrix.mutable_grad() = at::arange(35, at::kFloat).reshape({5, 7}).add(0.7 * t).sin().to(type);
    optimiser.step(0.01);
  }
  return {matrix.detach(), optimiser.slots()[0].moments[0]};
}

// float64 takes the way over lists, as a GPU does; float32 the kernels.
TEST(Optimiser, StepsOverListsAsTheKernelsDo) {
  for (const char* name : {"sgd", "adamw"})
    for (const bool nesterov : {false, true}) {
      OptimiserOptions options = sgdOptions(0.9, nesterov, 0.05);
      options.name = name;
      options.clip_norm = 2;
      const std::vector<at::Tensor> kernel = afterTwentySteps(options, at::kFloat);
      const std::vector<at::Tensor> lists = afterTwentySteps(options, at::kDouble);
      for (std::size_t i = 0; i < kernel.size(); ++i) {
        const at::Tensor difference = kernel[i].to(at::kDouble).sub(lists[i]).abs();
        EXPECT_LE((difference / lists[i].abs().max()).max().item<double>(), 2e-6) << name << i;
      }
    }
}

TEST(Optimiser, KnowsTheRatesOfTheStepsToCome) {
  at::Tensor p = at::ones({2, 2}).requires_grad_();
  Optimiser optimiser({{"p", p}}, {});
  const std::vector<double> lrs(5, 0.01);
  const at::Tensor whole = optimiser.rates(lrs);
  optimiser.countSteps(3);
  EXPECT_TRUE(at::equal(optimiser.rates({lrs.data(), 2}), whole.narrow(0, 3, 2)));
}

TEST(Optimiser, RefusesANameItDoesNotKnow) {
  OptimiserOptions options;
  options.name = "adagrad";
  EXPECT_EQ(test::errorOf(Fault::kUsage, [&] { Optimiser({}, options); }),
            "train.optimiser.name: expected adam, adamw, muon or sgd, found \"adagrad\"");
}

}  // namespace
}  // namespace fer::train
