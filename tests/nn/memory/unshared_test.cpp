#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <functional>

#include "fer/core/error.hpp"
#include "nn/layers/dropout.hpp"
#include "nn/layers/layers.hpp"
#include "nn/layers/norm_relu_max_pool.hpp"
#include "nn/layers/relu.hpp"

// Backward passes that write their result over numbers that nobody else can see, and over no others.
namespace fer::nn {
namespace {

using Layer = std::function<at::Tensor(const at::Tensor&)>;

at::Tensor reluOf(const at::Tensor& input) {
  return reluInPlace(input);
}

at::Tensor dropoutOf(const at::Tensor& input) {
  return seededDropout(input, 0.25, {11, 3, 17}, 5);
}

at::Tensor imagesOf(at::ScalarType type) {
  return at::randn({4, 16, 8, 8}).to(type).contiguous(at::MemoryFormat::ChannelsLast);
}

struct Passed {
  const void* given = nullptr;   ///< where the layer's incoming gradient lay
  const void* result = nullptr;  ///< and the one that it passed on
  at::Tensor gradient;           ///< of the images
};

/// A backward pass through a layer whose input, like that of a convolution's successor, is no leaf. `see` gets the
/// incoming gradient and may keep it.
Passed pass(const Layer& layer, const at::Tensor& images, const std::function<void(const at::Tensor&)>& see) {
  const at::Tensor leaf = images.detach().clone().requires_grad_();
  at::Tensor input = leaf * 1;
  Passed passed;
  input.register_hook([&](const at::Tensor& gradient) { passed.result = gradient.data_ptr(); });
  at::Tensor output = layer(input);
  input.reset();
  output.register_hook([&](const at::Tensor& gradient) {
    passed.given = gradient.data_ptr();
    see(gradient);
  });
  (output * output).sum().backward();
  passed.gradient = leaf.grad();
  return passed;
}

void takesTheGradientsPlace(const Layer& layer, at::ScalarType type) {
  const Passed passed = pass(layer, imagesOf(type), [](const at::Tensor&) {});
  EXPECT_NE(passed.given, nullptr);
  EXPECT_EQ(passed.given, passed.result);
}

void leavesAGradientThatSomebodyHas(const Layer& layer, at::ScalarType type) {
  const at::Tensor images = imagesOf(type);
  at::Tensor kept;
  at::Tensor copy;
  const Passed passed = pass(layer, images, [&](const at::Tensor& gradient) {
    kept = gradient;
    copy = gradient.clone();
  });
  EXPECT_NE(passed.given, passed.result);
  EXPECT_TRUE(at::equal(kept, copy));
  EXPECT_TRUE(at::equal(passed.gradient, pass(layer, images, [](const at::Tensor&) {}).gradient));
}

TEST(Unshared, ReluAndDropoutPassTheirGradientOnInItsPlace) {
  for (const at::ScalarType type : {at::kFloat, at::kBFloat16}) {
    takesTheGradientsPlace(&reluOf, type);
    takesTheGradientsPlace(&dropoutOf, type);
  }
}

TEST(Unshared, ReluAndDropoutLeaveAGradientThatSomebodyHas) {
  for (const at::ScalarType type : {at::kFloat, at::kBFloat16}) {
    leavesAGradientThatSomebodyHas(&reluOf, type);
    leavesAGradientThatSomebodyHas(&dropoutOf, type);
  }
}

// The gradient of a sum is one number, seen from every place.
TEST(Unshared, AGradientWhosePlacesAreOneIsLeft) {
  for (const Layer& layer : {Layer(&reluOf), Layer(&dropoutOf)}) {
    const at::Tensor images = imagesOf(at::kFloat);
    const at::Tensor leaf = images.clone().requires_grad_();
    layer(leaf * 1).sum().backward();
    const at::Tensor factor = layer(images.clone()) / images;
    EXPECT_TRUE(at::allclose(leaf.grad(), factor));
  }
}

TEST(Unshared, ReluIsLibTorchs) {
  const at::Tensor images = imagesOf(at::kFloat);
  const auto gradient = [&](const Layer& layer) { return pass(layer, images, [](const at::Tensor&) {}).gradient; };
  EXPECT_TRUE(at::equal(gradient(&reluOf), gradient([](const at::Tensor& input) { return at::relu(input); })));
  EXPECT_TRUE(at::equal(reluInPlace(images.clone()), at::relu(images)));
}

TEST(Unshared, AddAndReluAreLibTorchs) {
  for (const at::ScalarType type : {at::kFloat, at::kBFloat16, at::kDouble}) {
    const at::Tensor images = imagesOf(type);
    const at::Tensor other = images.flip(0).contiguous(at::MemoryFormat::ChannelsLast);
    const auto gradients = [&](const auto& layer, const at::Tensor& second) {
      const at::Tensor a = images.detach().clone().requires_grad_();
      const at::Tensor b = second.detach().clone().requires_grad_();
      const at::Tensor output = layer(a * 1, b);
      (output * output).sum().backward();
      return std::vector<at::Tensor>{output.detach(), a.grad(), b.grad()};
    };
    for (const at::Tensor& second : {other, other.contiguous()}) {  // laid out alike, and not
      const auto mine = gradients(&addReluInPlace, second);
      const auto theirs = gradients([](const at::Tensor& a, const at::Tensor& b) { return at::relu(a + b); }, second);
      for (std::size_t i = 0; i < mine.size(); ++i) EXPECT_TRUE(at::equal(mine[i], theirs[i])) << type << " " << i;
    }
  }
}

class NormOverItsImages : public testing::Test {
 protected:
  /// The sum of the output's squares, of images that are no leaf and that nobody has.
  at::Tensor loss() {
    const at::Tensor output = norm_.forward(leaf_ * 1);
    return (output * output).sum();
  }

  BatchNormReluMaxPool norm_{16};
  at::Tensor leaf_ = imagesOf(at::kFloat).requires_grad_();
};

TEST_F(NormOverItsImages, IsTheSameAsBesideThem) {
  loss().backward();
  const at::Tensor over = leaf_.grad().clone();
  leaf_.mutable_grad().reset();
  const at::Tensor kept = leaf_ * 1;
  const at::Tensor copy = kept.detach().clone();
  const at::Tensor output = norm_.forward(kept);
  (output * output).sum().backward();
  EXPECT_TRUE(at::equal(leaf_.grad(), over));
  EXPECT_TRUE(at::equal(kept, copy));
}

TEST_F(NormOverItsImages, ASecondBackwardPassSaysThatTheyAreGone) {
  const at::Tensor once = loss();
  once.backward({}, /*retain_graph=*/true);
  try {
    once.backward();
    FAIL() << "of numbers that are gone";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "BatchNormReluMaxPool: a second backward pass: the first one's result took the place of "
                 "the images; run the forward pass again");
  }
}

TEST_F(NormOverItsImages, ASecondBackwardPassWorksWhereSomebodyHasThem) {
  const at::Tensor kept = leaf_ * 1;
  const at::Tensor output = norm_.forward(kept);
  const at::Tensor twice = (output * output).sum();
  twice.backward({}, /*retain_graph=*/true);
  const at::Tensor first = leaf_.grad().clone();
  twice.backward();
  EXPECT_TRUE(at::equal(leaf_.grad(), first * 2));
}

}  // namespace
}  // namespace fer::nn
