#include "fer/nn/grad_cam.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <torch/utils.h>

#include <algorithm>
#include <string>
#include <vector>

#include "fer/graph/models/table.hpp"
#include "fer/nn/layers/initialise.hpp"
#include "fer/nn/memory/layout.hpp"

namespace fer::nn {
namespace {

void set(const Network& network, const std::string& name, const at::Tensor& values) {
  const torch::NoGradGuard no_grad;
  at::Tensor tensor = network.named_parameters()[name];
  tensor.copy_(values.view(tensor.sizes()));
}

/// One channel in; two maps, x and 1 - x, by 1 x 1 kernels; then flattened into two logits.
std::shared_ptr<Network> twoMaps(const at::Tensor& dense_weight) {
  graph::Graph graph({1, 2, 2});
  graph.setFeatureMaps(graph.add("conv1", graph::Convolution{2, 1}, {0}));
  graph.add("relu", graph::Relu{}, {1});
  graph.add("flatten", graph::Flatten{}, {2});
  graph.add("dense1", graph::Dense{2}, {3});
  auto network = std::make_shared<Network>(std::move(graph));
  set(*network, "conv1.weight", at::tensor({1.0F, -1.0F}));
  set(*network, "conv1.bias", at::tensor({0.0F, 1.0F}));
  set(*network, "dense1.weight", dense_weight);
  set(*network, "dense1.bias", at::tensor({5.0F, -5.0F}));
  network->eval();
  return network;
}

// Worked out by hand. Image [[0, 2], [0.5, 4]]: the maps are A1 = [[0, 2], [0.5, 4]] and A2 = relu(1 - x) =
// [[1, 0], [0.5, 0]]. Class 0 has gradients [2, 0, 0, 2] on A1, mean 1, and -4 four times on A2: 1 A1 - 4 A2 =
// [[-4, 2], [-1.5, 4]], rectified [[0, 2], [0, 4]], by its largest value [[0, 0.5], [0, 1]]. Class 1 has -1 on A1, and
// [3, 1, 1, 3] on A2, mean 2: 2 A2 - A1 = [[2, -2], [0.5, -4]], so [[1, 0], [0.25, 0]].
TEST(GradCam, IsTheKnownAnswerOfASmallNet) {
  const auto network = twoMaps(at::tensor({2., 0., 0., 2., -4., -4., -4., -4.,  //
                                           -1., -1., -1., -1., 3., 1., 1., 3.}));
  const at::Tensor image = at::tensor({0.0F, 2.0F, 0.5F, 4.0F}).view({1, 1, 2, 2});
  const at::Tensor heat = gradCam(*network, image.expand({2, 1, 2, 2}), at::tensor({0, 1}, at::kLong));
  const at::Tensor expected = at::tensor({0.0F, 0.5F, 0.0F, 1.0F, 1.0F, 0.0F, 0.25F, 0.0F}).view({2, 2, 2});
  EXPECT_TRUE(at::allclose(heat, expected, 0, 1e-6)) << heat;
  EXPECT_FALSE(network->named_parameters()["dense1.weight"].grad().defined());
}

TEST(GradCam, IsZeroWhereNothingSpeaksForTheClass) {
  const auto network = twoMaps(at::full({16}, -1.0));
  const at::Tensor heat = gradCam(*network, at::rand({3, 1, 2, 2}), at::zeros({3}, at::kLong));
  EXPECT_TRUE(at::equal(heat, at::zeros({3, 2, 2})));
}

// A 2 x 2 map enlarged to 4 x 4, half-pixel centres: the outer pixels keep the map's values.
TEST(GradCam, IsEnlargedToTheImage) {
  graph::Graph graph({1, 4, 4});
  graph.add("pool", graph::MaxPool{}, {0});
  graph.setFeatureMaps(graph.add("conv1", graph::Convolution{1, 1}, {1}));
  graph.add("flatten", graph::Flatten{}, {2});
  graph.add("dense1", graph::Dense{1}, {3});
  auto network = std::make_shared<Network>(std::move(graph));
  set(*network, "conv1.weight", at::ones({1}));
  set(*network, "conv1.bias", at::zeros({1}));
  set(*network, "dense1.weight", at::ones({4}));
  network->eval();
  const at::Tensor image = at::zeros({1, 1, 4, 4});
  image[0][0][0][3] = 8;
  const at::Tensor heat = gradCam(*network, image, at::zeros({1}, at::kLong));
  const at::Tensor expected = at::tensor({0.0F, 0.25F, 0.75F, 1.0F, 0.0F, 0.1875F, 0.5625F, 0.75F, 0.0F, 0.0625F,
                                          0.1875F, 0.25F, 0.0F, 0.0F, 0.0F, 0.0F})
                                  .view({1, 4, 4});
  EXPECT_TRUE(at::allclose(heat, expected, 0, 1e-6)) << heat;
}

/// The mean gradient of every map by its definition: how the logit grows when the whole map is raised.
at::Tensor weightsByDifferences(Network& network, const at::Tensor& maps, std::int64_t category) {
  constexpr double kStep = 1e-6;
  constexpr std::int64_t kTogether = 32;
  const auto logits = [&](const at::Tensor& some) { return network.logitsOf(some.clone()).select(1, category); };
  std::vector<at::Tensor> weights;
  for (std::int64_t first = 0; first < maps.size(1); first += kTogether) {
    const std::int64_t count = std::min(kTogether, maps.size(1) - first);
    at::Tensor raised = maps.repeat({count, 1, 1, 1});
    for (std::int64_t i = 0; i < count; ++i) raised[i][first + i] += kStep;
    weights.push_back((logits(raised) - logits(maps)) / kStep / (maps.size(2) * maps.size(3)));
  }
  return at::cat(weights).view({1, maps.size(1), 1, 1});
}

// For every model: forward() is the two halves together, rectified in between or not, and the heat map is its
// definition, with the gradients by differences in double.
TEST(GradCam, OfEveryModelIsItsDefinition) {
  for (const graph::ModelEntry& entry : graph::modelTable()) {
    const bool large = std::string(entry.name) == "inception_block";  // a dense layer on all its pixels
    const std::int64_t side = large ? 12 : 32;
    const auto network = makeModel({entry.name, {1, static_cast<int>(side), 40}, {"a", "b", "c"}});
    initialise(*network, 7);
    network->to(at::kDouble);
    network->eval();
    const at::Tensor images = fastLayout(at::rand({2, 1, side, 40}, at::kDouble));
    const std::int64_t likeliest = [&] {  // so that something speaks for it
      const torch::NoGradGuard no_grad;
      return network->forward(images)[0].argmax().item<std::int64_t>();
    }();
    const at::Tensor heat = gradCam(*network, images, at::tensor({likeliest, (likeliest + 1) % 3}, at::kLong));
    EXPECT_EQ(heat.sizes(), (at::IntArrayRef{2, side, 40})) << entry.name;
    EXPECT_EQ(heat.scalar_type(), at::kFloat) << entry.name;
    EXPECT_GE(heat.min().item<float>(), 0) << entry.name;

    const torch::NoGradGuard no_grad;
    const at::Tensor maps = at::relu(network->featureMaps(images));
    EXPECT_TRUE(at::allclose(network->logitsOf(maps.clone()), network->forward(images))) << entry.name;
    const at::Tensor first = maps.narrow(0, 0, 1);
    const at::Tensor sum = (weightsByDifferences(*network, first, likeliest) * first).sum(1, /*keepdim=*/true);
    const at::Tensor enlarged = at::upsample_bilinear2d(at::relu(sum), {side, 40}, false)[0][0];
    const auto largest = enlarged.max().item<double>();
    ASSERT_GT(largest, 0) << entry.name << ": choose images that show something";
    EXPECT_TRUE(at::allclose(heat[0].to(at::kDouble), enlarged / largest, 0, 1e-4)) << entry.name;
    EXPECT_EQ(heat[0].max().item<float>(), 1) << entry.name;
  }
}

}  // namespace
}  // namespace fer::nn
