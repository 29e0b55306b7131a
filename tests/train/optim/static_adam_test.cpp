// StaticAdam against Adam over the same gradients.
#include "train/optim/static_adam.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <torch/utils.h>

namespace fer::train {
namespace {

constexpr int kSteps = 40;

struct Tensors {
  at::Tensor kernel = at::ones({4, 3, 5, 5}).contiguous(at::MemoryFormat::ChannelsLast).requires_grad_();
  at::Tensor narrow = at::ones({6, 1, 3, 3}).contiguous(at::MemoryFormat::ChannelsLast).requires_grad_();
  at::Tensor bias = at::zeros({7}).requires_grad_();

  std::vector<AdamParameter> parameters() const {
    return {{"kernel", kernel}, {"narrow", narrow, 0.5}, {"bias", bias, 1.0, 10}};
  }

  /// The same in every run; contiguous, where the parameters are channels-last.
  void setGradients(int step) const {
    int number = 0;
    for (const at::Tensor& tensor : {kernel, narrow, bias}) {
      const at::Tensor line = at::arange(tensor.numel(), at::kFloat);
      at::Tensor(tensor).mutable_grad() = (line * 0.37 + step * 0.9 + number++).sin().view(tensor.sizes());
    }
  }
};

void expectClose(const at::Tensor& a, const at::Tensor& b) {
  EXPECT_LE((a - b).abs().max().item<double>(), 1e-6);
}

TEST(StaticAdam, StepsAsAdamDoes) {
  const AdamOptions options;
  const Tensors plain;
  const Tensors recorded;
  Adam adam(plain.parameters(), options);
  Adam counted(recorded.parameters(), options);
  // The third parameter takes part from step 10 on, so both start there.
  adam.countSteps(10);
  counted.countSteps(10);
  const StaticAdam fixed(counted);
  EXPECT_EQ(fixed.groups(), 3);
  const at::Tensor rates = fixed.rates(0.01, kSteps);
  EXPECT_EQ(rates.sizes(), (at::IntArrayRef{kSteps, 3}));
  for (int step = 0; step < kSteps; ++step) {
    plain.setGradients(step);
    recorded.setGradients(step);
    adam.step(0.01);
    fixed.step(rates[step]);
  }
  counted.countSteps(kSteps);
  const torch::NoGradGuard no_grad;
  expectClose(plain.kernel, recorded.kernel);
  expectClose(plain.narrow, recorded.narrow);
  expectClose(plain.bias, recorded.bias);
  EXPECT_GT((plain.bias - at::zeros({7})).abs().min().item<double>(), 0.0);
  nn::TensorFile first;
  nn::TensorFile second;
  adam.save(first);
  counted.save(second);
  for (const auto& [name, tensor] : first.tensors) expectClose(tensor, second.tensors.at(name));
  EXPECT_EQ(counted.steps(), adam.steps());
}

// Epsilon must stand where Keras has it; see AdamStep.PutsEpsilonWhereKerasDoes.
TEST(StaticAdam, PutsEpsilonWhereKerasDoes) {
  AdamOptions options;
  options.epsilon = 0.01;
  at::Tensor p = at::ones({1}).requires_grad_();
  p.mutable_grad() = at::full({1}, 0.5);
  const Adam adam({{"p", p}}, options);
  const StaticAdam fixed(adam);
  fixed.step(fixed.rates(0.1, 1)[0]);
  const double root = std::sqrt(0.001);
  EXPECT_NEAR(p.detach().item<double>(), 1 - 0.1 * root * 0.5 / (root * 0.5 + 0.01), 1e-6);
}

TEST(StaticAdam, GoesOnFromTheStepsAlreadyDone) {
  const Tensors tensors;
  Adam adam(tensors.parameters(), {});
  adam.countSteps(10);
  const StaticAdam fixed(adam);
  const at::Tensor whole = fixed.rates(0.01, 5);
  adam.countSteps(3);
  EXPECT_TRUE(at::equal(fixed.rates(0.01, 2), whole.narrow(0, 3, 2)));
}

}  // namespace
}  // namespace fer::train
