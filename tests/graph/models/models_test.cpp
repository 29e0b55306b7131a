#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fer/core/error.hpp"
#include "fer/graph/cost.hpp"
#include "fer/graph/models/table.hpp"

namespace fer::graph {
namespace {

using ::testing::HasSubstr;

const std::vector<std::string> kSeven{"a", "b", "c", "d", "e", "f", "g"};

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

std::string errorOf(const ModelSpec& spec) {
  try {
    makeGraph(spec);
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::kUsage);
    return error.what();
  }
  return "";
}

TEST(Models, RefuseWhatCannotBeBuilt) {
  EXPECT_THAT(errorOf({"resnet", {1, 48, 48}, kSeven}),
              HasSubstr("no model \"resnet\" (models: generic, vgg_block, inception_block, vgg16, resnet50, compact)"));
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
