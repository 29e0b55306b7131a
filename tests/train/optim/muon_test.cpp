#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <torch/utils.h>

#include <cmath>

#include "train/optim/optimiser.hpp"

namespace fer::train {
namespace {

OptimiserOptions muonOptions(double weight_decay = 0) {
  OptimiserOptions options;
  options.name = "muon";
  options.weight_decay = weight_decay;
  return options;
}

/// What one step at a rate of 0.1 does to `parameter`.
at::Tensor changeByOneStep(const at::Tensor& start, const at::Tensor& gradient, const OptimiserOptions& options,
                           nn::Precision precision = nn::Precision::kFp32) {
  at::Tensor parameter = start.clone().requires_grad_();
  Optimiser optimiser({{"p", parameter}}, options, precision);
  parameter.mutable_grad() = gradient;
  optimiser.step(0.1);
  return parameter.detach() - start;
}

/// Singular values of the gradients below, 3 and 4 over the root of their squares' sum, after five times
/// 3.4445 s - 4.7750 s^3 + 2.0315 s^5, worked out apart.
constexpr double kOfThree = 0.722876168617117;
constexpr double kOfFour = 1.1192039299160428;

TEST(Muon, TakesSingularValuesNearOne) {
  const at::Tensor gradient = at::diag(at::tensor({3.0F, 4.0F})).reshape({2, 2, 1, 1});
  const at::Tensor change = changeByOneStep(at::zeros({2, 2, 1, 1}), gradient, muonOptions());
  const double length = 0.1 * 0.2 * std::sqrt(2.0);
  EXPECT_NEAR(change[0][0].item<double>(), -length * kOfThree, 1e-6);
  EXPECT_NEAR(change[1][1].item<double>(), -length * kOfFour, 1e-6);
  EXPECT_NEAR(change[0][1].item<double>(), 0, 1e-9);
  EXPECT_NEAR(change[1][0].item<double>(), 0, 1e-9);
}

// As PyTorch's does. Its roundings move singular values within 0.7..1.2, so that only the way can be compared.
TEST(Muon, ComputesInBfloat16WhereTheTrainingDoes) {
  const at::Tensor gradient = at::arange(32 * 32 * 3 * 3, at::kFloat).square().sin().reshape({32, 32, 3, 3});
  const at::Tensor start = at::zeros_like(gradient);
  const at::Tensor exact = changeByOneStep(start, gradient, muonOptions());
  const at::Tensor change = changeByOneStep(start, gradient, muonOptions(), nn::Precision::kBf16);
  const auto apart = ((change - exact).norm() / exact.norm()).item<double>();
  EXPECT_GT(apart, 1e-4);
  EXPECT_LT(apart, 0.05);
}

TEST(Muon, SeesAKernelAsTheMatrixOfItsFilters) {
  at::Tensor tall = at::zeros({4, 2, 1, 1});
  tall[0][0] = 3;
  tall[3][1] = 4;
  const at::Tensor change = changeByOneStep(at::zeros_like(tall), tall, muonOptions());
  EXPECT_NEAR(change[0][0].item<double>(), -0.1 * 0.2 * 2 * kOfThree, 1e-6);
  EXPECT_NEAR(change[3][1].item<double>(), -0.1 * 0.2 * 2 * kOfFour, 1e-6);
  const at::Tensor wide = tall.reshape({4, 2}).t().reshape({2, 1, 2, 2}).expand({2, 3, 2, 2}).contiguous();
  // Three times as many equal columns: singular values grow alike and are divided by their own sum.
  const at::Tensor of_wide = changeByOneStep(at::zeros_like(wide), wide, muonOptions()).reshape({2, 12});
  EXPECT_NEAR(of_wide[0].norm().item<double>(), 0.1 * 0.2 * std::sqrt(12.0) * kOfThree, 1e-6);
  EXPECT_NEAR(of_wide[1].norm().item<double>(), 0.1 * 0.2 * std::sqrt(12.0) * kOfFour, 1e-6);
}

TEST(Muon, KeepsAKernelsLayout) {
  const at::Tensor gradient = at::arange(2 * 3 * 2 * 2, at::kFloat).reshape({2, 3, 2, 2}).sin();
  const at::Tensor plain = changeByOneStep(at::ones_like(gradient), gradient, muonOptions());
  const at::Tensor last = gradient.contiguous(at::MemoryFormat::ChannelsLast);
  EXPECT_TRUE(at::allclose(changeByOneStep(at::ones_like(last), last, muonOptions()), plain, 0, 1e-6));
}

// m: g / 10, then 0.9 m + h / 10. Nesterov's: h + 0.9 (m - h); else m.
TEST(Muon, GoesByItsMomentum) {
  for (const bool nesterov : {true, false}) {
    OptimiserOptions options = muonOptions();
    options.nesterov = nesterov;
    at::Tensor p = at::zeros({2, 2, 1, 1}).requires_grad_();
    Optimiser optimiser({{"p", p}}, options);
    const at::Tensor g = at::diag(at::tensor({3.0F, 4.0F})).reshape({2, 2, 1, 1});
    const at::Tensor h = at::tensor({1.0F, 2.0F, -1.0F, 0.5F}).reshape({2, 2, 1, 1});
    p.mutable_grad() = g;
    optimiser.step(0.1);
    const at::Tensor before = p.detach().clone();
    p.mutable_grad() = h;
    optimiser.step(0.1);
    const at::Tensor m = g * 0.09 + h * 0.1;
    const at::Tensor way = nesterov ? h + (m - h) * 0.9 : m;
    const at::Tensor expected = changeByOneStep(at::zeros({2, 2, 1, 1}), way, muonOptions());
    EXPECT_TRUE(at::allclose(p.detach() - before, expected, 0, 1e-6)) << nesterov;
  }
}

TEST(Muon, DecaysBesideItsStep) {
  const at::Tensor start = at::ones({2, 2, 1, 1});
  EXPECT_TRUE(at::allclose(changeByOneStep(start, at::zeros_like(start), muonOptions(0.1)), start * -0.01, 0, 1e-7));
}

TEST(Muon, LeavesTheRestToAdamW) {
  OptimiserOptions adamw = muonOptions(0.1);
  adamw.name = "adamw";
  for (const at::Tensor& start : {at::ones({3}), at::ones({3, 2}), at::ones({3, 1, 2, 2})}) {
    const at::Tensor gradient = at::arange(start.numel(), at::kFloat).reshape(start.sizes()).cos();
    EXPECT_TRUE(at::equal(changeByOneStep(start, gradient, muonOptions(0.1)), changeByOneStep(start, gradient, adamw)));
  }
}

TEST(Muon, GoesOnFromItsMoments) {
  const at::Tensor g = at::arange(8, at::kFloat).reshape({2, 4, 1, 1}).sin();
  const auto stepped = [&](bool saved) {
    at::Tensor kernel = at::ones({2, 4, 1, 1}).requires_grad_();
    at::Tensor bias = at::ones({2}).requires_grad_();
    auto optimiser =
        std::make_unique<Optimiser>(std::vector<TrainedParameter>{{"kernel", kernel}, {"bias", bias}}, muonOptions());
    for (int t = 0; t < 4; ++t) {
      if (saved && t == 2) {
        nn::TensorFile file;
        optimiser->save(file);
        EXPECT_EQ(file.tensors.size(), 3);  // muon.momentum/kernel, adam.m/bias, adam.v/bias
        optimiser = std::make_unique<Optimiser>(std::vector<TrainedParameter>{{"kernel", kernel}, {"bias", bias}},
                                                muonOptions());
        optimiser->restore(file, 2, "last.safetensors");
      }
      kernel.mutable_grad() = g * (1 + t);
      bias.mutable_grad() = at::ones({2}) * t;
      optimiser->step(0.1);
    }
    return at::cat({kernel.detach().flatten(), bias.detach()});
  };
  EXPECT_TRUE(at::equal(stepped(true), stepped(false)));
}

}  // namespace
}  // namespace fer::train
