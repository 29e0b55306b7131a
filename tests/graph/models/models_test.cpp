#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "fer/core/error.hpp"
#include "fer/graph/cost.hpp"
#include "fer/graph/models/table.hpp"

namespace fer::graph {
namespace {

using ::testing::DoubleEq;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::vector<std::string> kSeven{"a", "b", "c", "d", "e", "f", "g"};

std::string errorOf(const ModelSpec& spec) {
  try {
    makeGraph(spec);
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::kUsage);
    return error.what();
  }
  return "";
}

// Keras' own counts of the original's models.
TEST(Models, HaveTheOriginalsParameterCountsToTheUnit) {
  struct Case {
    const char* model;
    std::int64_t total;
    std::int64_t trainable;  ///< with nothing frozen
  };
  for (const Case& item : {Case{"generic", 4'478'727, 4'474'759}, Case{"vgg_block", 4'824'007, 4'821'575},
                           Case{"inception_block", 151'121'991, 151'121'479}, Case{"vgg16", 15'115'591, 15'113'031},
                           Case{"resnet50", 27'892'167, 27'837'511}}) {
    const Cost cost = costOf(makeGraph({item.model, {1, 48, 48}, kSeven}));
    EXPECT_EQ(cost.parameters, item.total) << item.model;
    EXPECT_EQ(cost.trainable, item.trainable) << item.model;
  }
}

// By hand: 64 x 9 + 64 x 64 x 9 + 64 x 128 x 9 + 128 x 128 x 9 + 128 x 192 x 9 + 192 x 192 x 9 = 811,584 in kernels,
// 768 biases, 4 x 768 numbers of norms (half of them trained), 192 x 7 + 7 of the last layer.
TEST(Models, AreCompactWhereTheyAreToShip) {
  const Cost cost = costOf(makeGraph({"compact", {1, 48, 48}, kSeven}));
  EXPECT_EQ(cost.parameters, 811'584 + 768 + 4 * 768 + 1'351);
  EXPECT_EQ(cost.trainable, 811'584 + 768 + 2 * 768 + 1'351);
}

constexpr std::int64_t kDense512 = std::int64_t{7} * 512 + 7;
constexpr std::int64_t kDense192 = std::int64_t{7} * 192 + 7;

// Kernels, a norm's four numbers a channel, and a last layer of 7. By hand, resnet18: 64 x 9 in the stem; 4 x 9 x 64 x
// 64 in the first stage; of a later one of c channels 9 c c / 2 + 3 x 9 c c, and c c / 2 of the shortcut. Norms: 64 of
// the stem, 4 c a stage, c of a shortcut.
TEST(Models, HaveTheParametersOfAResnet18) {
  const Cost cost = costOf(makeGraph({"resnet18", {1, 48, 48}, kSeven}));
  constexpr std::int64_t kKernels = 576 + 147'456 + 32 * (128 * 128 + 256 * 256 + 512 * 512);
  constexpr std::int64_t kNorms = 64 + 4 * (64 + 128 + 256 + 512) + 128 + 256 + 512;
  EXPECT_EQ(cost.parameters, kKernels + 4 * kNorms + kDense512);
  EXPECT_EQ(cost.trainable, kKernels + 2 * kNorms + kDense512);
}

// By hand: kernels of 216, 2 x 9 x 24 x 24, and of c = 48, 96, 192 channels 9 c c / 2 + 9 c c + c c / 2; gates of c / 8
// squeezed: 2 c c / 8 + c / 8 + c; norms: 24, 2 c a stage, c a shortcut.
TEST(Models, HaveTheParametersOfTheCompactResidual) {
  const Cost cost = costOf(makeGraph({"compact_residual", {1, 48, 48}, kSeven}));
  constexpr std::int64_t kKernels = 216 + 10'368 + 14 * (48 * 48 + 96 * 96 + 192 * 192);
  constexpr std::int64_t kGates = (24 * 24 + 48 * 48 + 96 * 96 + 192 * 192) / 4 + 45 + 360;
  constexpr std::int64_t kNorms = 24 + 2 * 360 + 336;
  EXPECT_EQ(cost.parameters, kKernels + kGates + 4 * kNorms + kDense192);
  EXPECT_EQ(cost.trainable, kKernels + kGates + 2 * kNorms + kDense192);
}

/// Of an inverted bottleneck from `in` to `out` channels, with e = 4 in inside and in / 4 squeezed.
std::int64_t bottleneck(std::int64_t in, std::int64_t out) {
  const std::int64_t inside = 4 * in;
  const std::int64_t kernels = in * inside + 9 * inside + inside * out;
  const std::int64_t gate = 2 * inside * (in / 4) + in / 4 + inside;
  return kernels + gate + 4 * (2 * inside + out);
}

/// Stem of 3 x 3 kernels and a norm; the head's 1 x 1 convolution, its norm and a dense layer of 7.
std::int64_t stemAndHead(std::int64_t stem, std::int64_t last, std::int64_t head) {
  return 13 * stem + last * head + 4 * head + 7 * head + 7;
}

TEST(Models, FitTheirNamesParameters) {
  const auto parameters = [](const char* model) { return costOf(makeGraph({model, {1, 48, 48}, kSeven})).parameters; };
  const std::int64_t blocks200 = bottleneck(24, 24) + bottleneck(24, 32) + bottleneck(32, 32) + bottleneck(32, 48) +
                                 2 * bottleneck(48, 48) + bottleneck(48, 72) + bottleneck(72, 72);
  EXPECT_EQ(parameters("compact_200k"), stemAndHead(24, 72, 144) + blocks200);
  EXPECT_LT(parameters("compact_200k"), 210'000);
  const std::int64_t blocks50 =
      bottleneck(16, 16) + bottleneck(16, 24) + bottleneck(24, 32) + bottleneck(32, 32) + bottleneck(32, 48);
  EXPECT_EQ(parameters("compact_50k"), stemAndHead(16, 48, 128) + blocks50);
  EXPECT_LT(parameters("compact_50k"), 60'000);
}

/// compact_50k with options.
Graph chosen(const ArchitectureOptions& options) {
  ModelSpec spec{"compact_50k", {1, 48, 48}, kSeven};
  spec.architecture = options;
  return makeGraph(spec);
}

std::vector<double> stochasticDepths(const Graph& graph) {
  std::vector<double> rates;
  for (const Layer& layer : graph.layers())
    if (const auto* const one = std::get_if<StochasticDepth>(&layer.operation)) rates.push_back(one->rate);
  return rates;
}

bool hasLayer(const Graph& graph, const std::string& name) {
  return std::any_of(graph.layers().begin(), graph.layers().end(), [&](const Layer& one) { return one.name == name; });
}

TEST(Models, AreAsTheirOptionsSay) {
  const auto channels = [](const Graph& graph, const char* layer) {
    return graph.layer(graph.find(layer)).output.channels;
  };
  EXPECT_EQ(channels(chosen({.width = 0.5}), "conv1"), 8);
  EXPECT_EQ(channels(chosen({.width = 1.3}), "layer2.0.conv3"), 32);  // 24 x 1.3 = 31.2
  EXPECT_EQ(channels(chosen({.width = 2}), "head.conv1"), 256);
  EXPECT_EQ(channels(chosen({.width = 0.1}), "layer4.0.conv3"), 8);
  EXPECT_TRUE(hasLayer(chosen({.depth = 2}), "layer3.3.conv1"));
  EXPECT_FALSE(hasLayer(chosen({.depth = 2}), "layer3.4.conv1"));
  EXPECT_FALSE(hasLayer(chosen({.depth = 0.1}), "layer3.1.conv1"));
  EXPECT_EQ(std::get<Dropout>(chosen({.dropout = 0.4}).layer(chosen({}).find("head.dropout1")).operation).rate, 0.4);
  EXPECT_FALSE(hasLayer(chosen({.dropout = 0}), "head.dropout1"));
  EXPECT_EQ(channels(chosen({.squeeze_excite = 0.5}), "layer1.0.se.reduce"), 32);
  EXPECT_FALSE(hasLayer(chosen({.squeeze_excite = 0}), "layer1.0.se.scale"));
  // Five blocks: a fifth, two fifths ...; only the first and the fourth have a way around.
  EXPECT_THAT(stochasticDepths(chosen({.stochastic_depth = 0.5})), ElementsAre(DoubleEq(0.1), DoubleEq(0.4)));
  EXPECT_THAT(stochasticDepths(chosen({})), ElementsAre());
}

TEST(Models, RefuseOptionsThatTheyHaveNot) {
  ModelSpec spec{"compact", {1, 48, 48}, kSeven};
  spec.architecture.width = 0.5;
  EXPECT_EQ(makeGraph(spec).layer(1).output.channels, 32);
  spec.architecture.depth = 2;
  EXPECT_THAT(errorOf(spec), HasSubstr("model.depth: compact has no such option (models that have it: resnet18, "
                                       "compact_residual, compact_200k, compact_50k)"));
  spec = {"generic", {1, 48, 48}, kSeven};
  spec.architecture.dropout = 0.5;
  EXPECT_THAT(errorOf(spec), HasSubstr("model.dropout: generic has no such option"));
}

TEST(Models, TakeSmallerCropsOfTheSameWeights) {
  for (const char* model : {"compact", "resnet18", "compact_residual", "compact_200k", "compact_50k"})
    for (const int side : {44, 40})
      EXPECT_EQ(costOf(makeGraph({model, {1, side, side}, kSeven})).parameters,
                costOf(makeGraph({model, {1, 48, 48}, kSeven})).parameters)
          << model;
}

TEST(Models, GiveOneLogitAClassForAnyImageSize) {
  for (const ModelEntry& entry : modelTable()) {
    const Graph graph = makeGraph({entry.name, {3, 32, 40}, kSeven});
    EXPECT_EQ(graph.layer(graph.output()).output, (Shape{7, 1, 1, true})) << entry.name;
  }
}

// Grad-CAM shows them, and takes what follows apart from what comes before.
TEST(Models, HaveFeatureMapsThroughWhichEverythingPasses) {
  for (const ModelEntry& entry : modelTable()) {
    const Graph graph = makeGraph({entry.name, {1, 48, 48}, kSeven});
    const LayerId maps = graph.featureMaps();
    ASSERT_GT(maps, 0U) << entry.name;
    EXPECT_FALSE(graph.layer(maps).output.vector) << entry.name;
    for (LayerId id = maps + 1; id < graph.layers().size(); ++id)
      for (const LayerId input : graph.layer(id).inputs) EXPECT_GE(input, maps) << entry.name << ": " << id;
  }
}

TEST(Models, RefuseWhatCannotBeBuilt) {
  EXPECT_THAT(
      errorOf({"resnet", {1, 48, 48}, kSeven}),
      HasSubstr(
          "no model \"resnet\" (models: generic, vgg_block, inception_block, vgg16, resnet50, compact, resnet18, "));
  EXPECT_THAT(errorOf({"generic", {1, 15, 48}, kSeven}), HasSubstr("generic halves its input"));
}

const std::vector<double> kMean{0.5, 0.4, 0.3};
const std::vector<double> kStd{0.2, 0.25, 0.3};

TEST(Models, RefuseInputOptionsThatDoNotGoTogether) {
  struct Case {
    InputOptions options;
    const char* message;
  };
  const Case cases[] = {
      {{0, 0, {0.5}, {0.5}}, "model.input.mean: expected a number for each of the network's 3 channels, found 1"},
      {{0, 0, kMean, {0.5}}, "model.input.std: expected a number for each"},
      {{0, 0, kMean, {}}, "mean and std go together"},
      {{31, 0, {}, {}}, "wants images of 32 x 32 pixels at least"},
  };
  for (const Case& item : cases)
    EXPECT_THAT(errorOf({"vgg16", {1, 48, 48}, kSeven, item.options}), HasSubstr(item.message));
}

}  // namespace
}  // namespace fer::graph
