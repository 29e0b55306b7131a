#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <torch/utils.h>

#include "fer/graph/models/table.hpp"
#include "fer/nn/layers/initialise.hpp"

namespace fer::nn {
namespace {

std::shared_ptr<Network> initialised(const graph::ModelSpec& spec) {
  auto network = makeModel(spec);
  initialise(*network, 3);
  network->eval();
  return network;
}

const std::vector<std::string> kThree{"a", "b", "c"};
const std::vector<double> kMean{0.5, 0.4, 0.3};
const std::vector<double> kStd{0.2, 0.25, 0.3};

// The same network without an input layer, given what the layer should make, says the same.
TEST(PreparedInput, RepeatsGreyAndNormalisesEachChannel) {
  const torch::NoGradGuard no_grad;
  const auto grey = initialised({"vgg16", {1, 32, 32}, kThree, {0, 0, kMean, kStd}});
  const auto plain = initialised({"vgg16", {3, 32, 32}, kThree});
  const at::Tensor image = at::rand({2, 1, 32, 32});
  std::vector<at::Tensor> planes;
  for (std::size_t i = 0; i < 3; ++i) planes.push_back((image - kMean[i]) / kStd[i]);
  EXPECT_TRUE(at::allclose(grey->forward(image), plain->forward(at::cat(planes, 1)), 1e-5, 1e-5));
}

// Half-pixel centres: output column x of 2w shows input column (x + 0.5) / 2 - 0.5, edges repeated.
TEST(PreparedInput, EnlargesBilinearly) {
  const torch::NoGradGuard no_grad;
  const auto enlarging = initialised({"generic", {1, 16, 8}, kThree, {16, 16, {}, {}}});
  const auto plain = initialised({"generic", {1, 16, 16}, kThree});
  const at::Tensor image = at::rand({1, 1, 16, 8});
  at::Tensor wide = at::empty({1, 1, 16, 16});
  for (std::int64_t x = 0; x < 16; ++x) {
    const std::int64_t near = x / 2;
    const std::int64_t far = std::clamp<std::int64_t>(x % 2 == 0 ? near - 1 : near + 1, 0, 7);
    wide.select(3, x).copy_(0.75 * image.select(3, near) + 0.25 * image.select(3, far));
  }
  EXPECT_TRUE(at::allclose(enlarging->forward(image), plain->forward(wide), 1e-5, 1e-6));
}

TEST(PreparedInput, DecidesTheSizeOfWhatFollows) {
  EXPECT_EQ(
      makeModel({"vgg16", {1, 48, 48}, kThree, {96, 64, {}, {}}})->named_parameters()["head.dense1.weight"].size(1),
      512 * 3 * 2);
  EXPECT_EQ(
      makeModel({"resnet50", {1, 48, 48}, kThree, {96, 64, {}, {}}})->named_parameters()["head.dense1.weight"].size(1),
      2048 * 3 * 2);
}

}  // namespace
}  // namespace fer::nn
