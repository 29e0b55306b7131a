#include "nn/fusion.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fer/graph/models/table.hpp"

namespace fer::nn {
namespace {

using ::testing::ElementsAre;

/// The groups of several layers, "bn1 relu1 pool1".
std::vector<std::string> chains(const graph::Graph& graph, Kernels kernels = Kernels::kFast) {
  std::vector<std::string> found;
  for (const Group& group : fuse(graph, kernels)) {
    if (group.layers.size() == 1) continue;
    std::string names;
    for (const graph::LayerId id : group.layers) names += (names.empty() ? "" : " ") + graph.layer(id).name;
    found.push_back(names);
  }
  return found;
}

graph::Graph model(const char* name) {
  return graph::makeGraph({name, {1, 48, 48}, {"a", "b"}});
}

TEST(Fusion, JoinsWhatHasAKernelButNotAcrossTheFeatureMaps) {
  EXPECT_THAT(chains(model("generic")),
              ElementsAre("bn1 relu1 pool1", "bn2 relu2 pool2", "bn3 relu3 pool3", "relu4 pool4"));
  EXPECT_THAT(chains(model("vgg_block")),
              ElementsAre("conv1 relu1", "conv2 relu2 pool1", "conv3 relu3", "conv4 relu4 pool2", "conv5 relu5",
                          "conv6 relu6", "conv7 relu7", "relu8 pool3"));
  EXPECT_THAT(chains(model("compact")),
              ElementsAre("bn1 relu1", "bn2 relu2", "bn3 relu3", "bn4 relu4", "bn5 relu5"));  // bn6 has the maps
  const std::vector<std::string> residual = chains(model("compact_residual"));
  ASSERT_GT(residual.size(), 3);
  EXPECT_EQ(residual[2],
            "layer1.0.se.mean layer1.0.se.reduce layer1.0.se.relu layer1.0.se.expand layer1.0.se.sigmoid "
            "layer1.0.se.scale");
  EXPECT_EQ(residual[3], "layer1.0.add layer1.0.relu2");
  const std::vector<std::string> resnet = chains(model("resnet50"));
  ASSERT_EQ(resnet.size(), 1 + 16 * 3);
  EXPECT_EQ(resnet[0], "bn1 relu1");  // its pool is 3 x 3
  EXPECT_EQ(resnet[1], "layer1.0.bn1 layer1.0.relu1");
  EXPECT_EQ(resnet[3], "layer1.0.add layer1.0.relu3");
  EXPECT_THAT(chains(model("generic"), Kernels::kPlain), ElementsAre());
}

TEST(Fusion, LeavesAloneWhatSomebodyElseWants) {
  graph::Graph graph({1, 8, 8});
  graph.add("conv", graph::Convolution{2}, {0});
  graph.add("bn", graph::BatchNorm{}, {1});
  graph.add("relu", graph::Relu{}, {2});
  graph.add("pool", graph::MaxPool{}, {3});
  graph.setFeatureMaps(1);
  EXPECT_THAT(chains(graph), ElementsAre("bn relu pool"));
  graph.add("mean", graph::GlobalMeanPool{}, {2});  // of the norm's own output
  EXPECT_THAT(chains(graph), ElementsAre());        // nor may the ReLU change it
}

TEST(Fusion, HasEveryLayerOnce) {
  for (const graph::ModelEntry& entry : graph::modelTable()) {
    const graph::Graph graph = model(entry.name);
    graph::LayerId next = 1;
    for (const Group& group : fuse(graph, Kernels::kFast))
      for (const graph::LayerId id : group.layers) EXPECT_EQ(id, next++) << entry.name;
    EXPECT_EQ(next, graph.layers().size()) << entry.name;
  }
}

}  // namespace
}  // namespace fer::nn
