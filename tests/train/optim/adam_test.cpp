#include "train/optim/optimiser.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <torch/utils.h>

#include <cmath>

#include "train/optim/adam_step.hpp"

namespace fer::train {
namespace {

// First step by hand: m = 0.1 g, v = 0.001 g^2, lr_t = lr sqrt(0.001) / 0.1;
// p -= lr_t 0.1 g / (sqrt(0.001) |g| + eps) = lr sqrt(0.001) g / (sqrt(0.001) |g| + eps).
TEST(AdamStep, PutsEpsilonWhereKerasDoes) {
  OptimiserOptions options;
  options.epsilon = 0.01;  // large enough to see where it goes
  std::vector<float> p{1.0F};
  std::vector<float> m{0};
  std::vector<float> v{0};
  const std::vector<float> g{0.5F};
  adamStep(p, m, v, g, options, correctedRate(options, 0.1, 1));
  const double root = std::sqrt(0.001);
  EXPECT_NEAR(m[0], 0.05, 1e-8);
  EXPECT_NEAR(v[0], 0.00025, 1e-9);
  EXPECT_NEAR(p[0], 1 - 0.1 * root * 0.5 / (root * 0.5 + 0.01), 1e-6);
  // LibTorch would have added epsilon after the correction: 1 - 0.1 * 0.5 / (0.5 + 0.01).
  EXPECT_GT(std::abs(p[0] - (1 - 0.1 * 0.5 / 0.51)), 0.01);
}

TEST(AdamStep, FollowsTheFormulaInDoubleOverManySteps) {
  const OptimiserOptions options;
  std::vector<float> p{0.3F, -2.0F, 1e-3F};
  std::vector<float> m(3, 0.0F);
  std::vector<float> v(3, 0.0F);
  std::vector<double> rp{0.3F, -2.0, 1e-3F};
  std::vector<double> rm(3, 0.0);
  std::vector<double> rv(3, 0.0);
  for (int t = 1; t <= 200; ++t) {
    std::vector<float> g;
    for (std::size_t i = 0; i < 3; ++i) g.push_back(static_cast<float>(std::sin(t * 0.7 + static_cast<double>(i))));
    const double rate = 0.001 * std::sqrt(1 - std::pow(0.999, t)) / (1 - std::pow(0.9, t));
    for (std::size_t i = 0; i < 3; ++i) {
      const double gradient = g[i];
      rm[i] = 0.9 * rm[i] + 0.1 * gradient;
      rv[i] = 0.999 * rv[i] + 0.001 * gradient * gradient;
      rp[i] -= rate * rm[i] / (std::sqrt(rv[i]) + 1e-7);
    }
    adamStep(p, m, v, g, options, correctedRate(options, 0.001, t));
  }
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(p[i], rp[i], 2e-6);
    EXPECT_NEAR(m[i], rm[i], 1e-6);
    EXPECT_NEAR(v[i], rv[i], 1e-6);
  }
}

// A gradient in another memory layout than its parameter is still applied element by element.
TEST(Adam, MatchesGradientsToParametersWhateverTheirLayout) {
  const at::Tensor start = at::rand({4, 3, 5, 5});
  const at::Tensor gradient = at::rand({4, 3, 5, 5});
  at::Tensor plain = start.clone().requires_grad_();
  at::Tensor last = start.contiguous(at::MemoryFormat::ChannelsLast).requires_grad_();
  plain.mutable_grad() = gradient.clone();
  last.mutable_grad() = gradient.clone();
  Optimiser a({{"p", plain}}, {});
  Optimiser b({{"p", last}}, {});
  a.step(0.1);
  b.step(0.1);
  EXPECT_TRUE(at::equal(plain.detach(), last.detach()));
  EXPECT_FALSE(at::equal(plain.detach(), start));
}

/// What thirty steps make of a matrix, which has a third of the rate, and of a vector, which sits out every other step:
/// values and moments.
std::vector<at::Tensor> afterThirtySteps(at::ScalarType type) {
  at::Tensor matrix = at::linspace(-1, 1, 35, at::kFloat).reshape({5, 7}).to(type).requires_grad_();
  at::Tensor vector = at::linspace(-2, 3, 11, at::kFloat).to(type).requires_grad_();
  Optimiser adam({{"matrix", matrix, 1.0 / 3}, {"vector", vector}}, {});
  for (int t = 0; t < 30; ++t) {
    for (at::Tensor* p : {&matrix, &vector}) {
      const at::Tensor phase = at::arange(p->numel(), at::kFloat).reshape(p->sizes());
      p->mutable_grad() = phase.add(0.7 * t).sin().mul(std::pow(10.0, t % 5 - 4)).to(type);
    }
    if (t % 2 == 1) vector.mutable_grad() = at::Tensor();
    adam.step(0.01);
  }
  nn::TensorFile file;
  adam.save(file);
  return {matrix.detach(),
          vector.detach(),
          file.tensors.at("adam.m/matrix"),
          file.tensors.at("adam.v/matrix"),
          file.tensors.at("adam.m/vector"),
          file.tensors.at("adam.v/vector")};
}

// float64 takes the way over lists, as a GPU does; float32 the kernel.
TEST(Adam, StepsOverListsAsTheKernelDoes) {
  const std::vector<at::Tensor> kernel = afterThirtySteps(at::kFloat);
  const std::vector<at::Tensor> lists = afterThirtySteps(at::kDouble);
  for (std::size_t i = 0; i < kernel.size(); ++i) {
    ASSERT_EQ(lists[i].scalar_type(), at::kDouble);
    const at::Tensor difference = kernel[i].to(at::kDouble).sub(lists[i]).abs();
    EXPECT_LE((difference / lists[i].abs().max()).max().item<double>(), 1e-6) << i;
  }
}

TEST(Adam, GoesOnFromItsSavedMoments) {
  const auto gradient = [](int t) { return at::full({10}, std::cos(t), at::kFloat); };
  at::Tensor p = at::ones({10}).requires_grad_();
  Optimiser straight({{"p", p}}, {});
  for (int t = 0; t < 3; ++t) {
    p.mutable_grad() = gradient(t);
    straight.step(0.01);
  }
  nn::TensorFile file;
  straight.save(file);
  for (auto& [name, tensor] : file.tensors) tensor = tensor.clone();
  at::Tensor q = p.detach().clone().requires_grad_();
  Optimiser second({{"p", q}}, {});
  second.restore(file, straight.steps(), "test");
  for (int t = 3; t < 6; ++t) {
    p.mutable_grad() = gradient(t);
    q.mutable_grad() = gradient(t);
    straight.step(0.01);
    second.step(0.01);
  }
  EXPECT_TRUE(at::equal(p.detach(), q.detach()));
}

// A parameter that joins after 5 steps with a tenth of the rate moves as one that starts anew with that rate.
TEST(Adam, GivesEachParameterItsOwnRateAndItsOwnCountOfSteps) {
  const at::Tensor gradient = at::tensor({0.3F, -2.0F});
  at::Tensor early = at::ones({2}).requires_grad_();
  at::Tensor late = at::ones({2}).requires_grad_();
  at::Tensor alone = at::ones({2}).requires_grad_();
  Optimiser adam({{"early", early}}, {});
  Optimiser reference({{"alone", alone}}, {});
  for (int t = 0; t < 8; ++t) {
    if (t == 5) adam.add({{"early", early}, {"late", late, 0.1, 5}});
    early.mutable_grad() = gradient.clone();
    late.mutable_grad() = gradient.clone();
    adam.step(0.01);
    if (t < 5) continue;
    alone.mutable_grad() = gradient.clone();
    reference.step(0.01 * 0.1);
  }
  EXPECT_TRUE(at::equal(late.detach(), alone.detach()));
  EXPECT_FALSE(at::equal(early.detach(), late.detach()));
  EXPECT_EQ(adam.steps(), 8);
}

}  // namespace
}  // namespace fer::train
