#include "fer/nn/network.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/cuda.h>
#include <torch/utils.h>

#include <algorithm>
#include <set>

#include "fer/data/labels.hpp"
#include "fer/graph/cost.hpp"
#include "fer/nn/device.hpp"
#include "fer/nn/layers/initialise.hpp"
#include "fer/nn/memory/layout.hpp"
#include "fer/nn/precision.hpp"

namespace fer::nn {
namespace {

graph::ModelSpec faces(const std::string& model) {
  return {model, {1, 48, 48}, data::fer2013Classes()};
}

TEST(Network, HasTheNumbersThatItsGraphCounts) {
  for (const graph::ModelEntry& entry : graph::modelTable()) {
    const auto network = makeModel(faces(entry.name));
    const graph::Cost cost = graph::costOf(network->graph());
    const ParameterCount count = countParameters(*network);
    EXPECT_EQ(count.total, cost.parameters) << entry.name;
    EXPECT_EQ(count.trainable, cost.trainable) << entry.name;
  }
}

TEST(Network, GivesOneLogitAClassForAnyImageSize) {
  const torch::NoGradGuard no_grad;
  for (const graph::ModelEntry& entry : graph::modelTable()) {
    const auto network = makeModel({entry.name, {3, 32, 40}, {"a", "b", "c", "d", "e"}});
    network->eval();
    EXPECT_EQ(network->forward(at::zeros({2, 3, 32, 40})).sizes(), (at::IntArrayRef{2, 5})) << entry.name;
  }
}

// The names are part of the checkpoint format: a change needs a new schema.
TEST(Network, KeepsTheTensorNames) {
  std::set<std::string> names;
  for (const auto& [name, tensor] : namedState(*makeModel(faces("generic")))) names.insert(name);
  for (const char* layer : {"conv1", "conv2", "conv3", "conv4", "dense1", "dense2", "dense3"})
    for (const char* part : {".weight", ".bias"})
      EXPECT_EQ(names.erase(std::string(layer) + part), 1U) << layer << part;
  for (const char* layer : {"bn1", "bn2", "bn3", "bn4", "bn5", "bn6"})
    for (const char* part : {".weight", ".bias", ".running_mean", ".running_var"})
      EXPECT_EQ(names.erase(std::string(layer) + part), 1U) << layer << part;
  EXPECT_THAT(names, ::testing::IsEmpty());
}

/// Outputs, gradients and running values of a step, by name.
using Values = std::vector<std::pair<std::string, at::Tensor>>;

Values stepOf(Network& network, const at::Tensor& images, std::uint32_t seed) {
  initialise(network, seed);
  network.to(images.device(), images.scalar_type());
  seedGenerator(images.device(), *network.position());
  network.train();
  const at::Tensor logits = network.forward(images);
  (logits * at::linspace(-1, 1, logits.numel(), logits.options()).view_as(logits)).sum().backward();
  Values values{{"logits", logits.detach()}};
  for (const auto& item : network.named_parameters())
    values.emplace_back(item.key() + " gradient", item.value().grad());
  for (const auto& item : network.named_buffers()) values.emplace_back(item.key(), item.value());
  return values;
}

double largest(const at::Tensor& values) {
  return values.abs().max().item<double>();
}

/// The first tensor of `fast` that is further from `exact` than rounding brings it, "" where there is none.
std::string firstWrong(const Values& fast, const Values& plain, const Values& exact) {
  EXPECT_EQ(fast.size(), plain.size());
  for (std::size_t i = 0; i < plain.size(); ++i) {
    EXPECT_EQ(fast.at(i).first, plain[i].first);
    // Some gradients are 0 but for rounding, as those of biases before a norm.
    const double scale = std::max(largest(exact[i].second), 0.01 * largest(exact[0].second));
    const double of_fast = largest(fast[i].second - exact[i].second) / scale;
    const double of_plain = largest(plain[i].second - exact[i].second) / scale;
    if (!(of_fast < 1e-4 + 10 * of_plain))
      return fast[i].first + ": off by " + std::to_string(of_fast) + ", plain by " + std::to_string(of_plain);
  }
  return "";
}

at::Tensor waves(int side) {
  return fastLayout(at::linspace(0, 1, std::int64_t{6} * side * side).view({6, 1, side, side}).sin());
}

// Layers at once, in place and by kernels of our own, against LibTorch's operations one by one, both beside those in
// double. Where a number lies so near zero that rounding decides whether a ReLU lets it pass, which differs between
// processors, the comparison says nothing: then other weights are taken. A wrong kernel is wrong by all of them.
TEST(Network, IsTheSameWithFastAndWithPlainKernels) {
  constexpr std::uint32_t kInitialisations = 5;
  for (const graph::ModelEntry& entry : graph::modelTable()) {
    // As small as they go, but for norms that would see six values only.
    const int side = std::set<std::string>{"vgg16", "resnet50"}.contains(entry.name) ? 32 : 16;
    const graph::ModelSpec spec{entry.name, {1, side, side}, {"a", "b", "c"}};
    std::string wrong = "not compared";
    for (std::uint32_t seed = 1; seed <= kInitialisations && !wrong.empty(); ++seed)
      wrong = firstWrong(stepOf(*makeModel(spec), waves(side), seed),
                         stepOf(*makeModel(spec, Kernels::kPlain), waves(side), seed),
                         stepOf(*makeModel(spec, Kernels::kPlain), waves(side).to(at::kDouble), seed));
    EXPECT_EQ(wrong, "") << entry.name;
  }
}

TEST(Network, IsTheSameWithFastAndWithPlainKernelsOnAGpu) {
  if (!torch::cuda::is_available()) GTEST_SKIP() << "no NVIDIA GPU here";
  allowTf32(Precision::kFp32);
  constexpr std::uint32_t kSeed = 12;
  for (const graph::ModelEntry& entry : graph::modelTable()) {
    const graph::ModelSpec spec{entry.name, {1, 48, 48}, {"a", "b", "c"}};
    const at::Tensor images = waves(48).cuda();
    const auto fast = stepOf(*makeModel(spec), images, kSeed);
    const auto plain = stepOf(*makeModel(spec, Kernels::kPlain), images, kSeed);
    ASSERT_EQ(fast.size(), plain.size());
    for (std::size_t i = 0; i < fast.size(); ++i) {
      const double scale = std::max(largest(plain[i].second), 0.01 * largest(plain[0].second));
      EXPECT_LT(largest(fast[i].second - plain[i].second) / scale, 2e-3) << entry.name << ": " << fast[i].first;
    }
  }
}

/// Squeeze-and-excite, and an add and a ReLU of values that somebody else takes too.
graph::Graph withSharedValues() {
  graph::Graph graph({1, 8, 8});
  const graph::LayerId conv = graph.add("conv", graph::Convolution{4}, {0});
  const graph::LayerId mean = graph.add("mean", graph::GlobalMeanPool{}, {conv});
  const graph::LayerId excite = graph.add("excite", graph::Dense{4}, {mean});
  const graph::LayerId gate = graph.add("gate", graph::Sigmoid{}, {excite});
  const graph::LayerId scaled = graph.add("scaled", graph::Scale{}, {conv, gate});
  const graph::LayerId relu = graph.add("relu", graph::Relu{}, {conv});
  const graph::LayerId sum = graph.add("sum", graph::Add{}, {scaled, relu});
  const graph::LayerId twice = graph.add("twice", graph::Add{}, {sum, relu});
  const graph::LayerId flat = graph.add("flat", graph::Flatten{}, {twice});
  graph.setFeatureMaps(twice);
  graph.add("dense", graph::Dense{2}, {flat});
  return graph;
}

// conv = x by a kernel that is its middle alone, c = 1..4 times; by hand with LibTorch's operations.
TEST(Network, ComputesAGraphWhoseValuesAreShared) {
  const torch::NoGradGuard no_grad;
  for (const Kernels kernels : {Kernels::kFast, Kernels::kPlain}) {
    Network network(withSharedValues(), kernels);
    initialise(network, 5);
    auto parameters = network.named_parameters();
    parameters["conv.weight"].zero_();
    parameters["conv.weight"].select(2, 1).select(2, 1).copy_(at::arange(1, 5, at::kFloat).view({4, 1}));
    const at::Tensor images = at::randn({3, 1, 8, 8});
    const at::Tensor before = images.clone();
    const at::Tensor conv = images * at::arange(1, 5, at::kFloat).view({1, 4, 1, 1});
    const at::Tensor gate = at::sigmoid(at::linear(conv.mean(at::IntArrayRef{2, 3}), parameters["excite.weight"]));
    const at::Tensor maps = conv * gate.view({3, 4, 1, 1}) + 2 * at::relu(conv);
    const at::Tensor expected = at::linear(maps.flatten(1), parameters["dense.weight"]);
    EXPECT_TRUE(at::allclose(network.forward(images), expected, 1e-5, 1e-5));
    EXPECT_TRUE(at::allclose(network.featureMaps(images), maps, 1e-5, 1e-5));
    EXPECT_TRUE(at::allclose(network.logitsOf(maps.clone()), expected, 1e-5, 1e-5));
    EXPECT_TRUE(at::equal(images, before));
  }
}

}  // namespace
}  // namespace fer::nn
