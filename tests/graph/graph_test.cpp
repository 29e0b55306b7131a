#include "fer/graph/graph.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "fer/core/error.hpp"
#include "fer/graph/cost.hpp"

namespace fer::graph {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// An image of 3 x 9 x 6, then a layer of each kind.
TEST(Graph, KnowsTheShapeThatEachLayerGives) {
  struct Case {
    Operation operation;
    Shape expected;
  };
  const Case cases[] = {
      {Convolution{8, 5}, {8, 9, 6}},
      {Convolution{8, 3, 2}, {8, 5, 3}},
      {Convolution{6, 3, 2, true, 3}, {6, 5, 3}},
      {StochasticDepth{0.5}, {3, 9, 6}},
      {MaxPool{}, {3, 4, 3}},
      {MaxPool{3, 2, 1}, {3, 5, 3}},
      {MaxPool{3, 1, 1}, {3, 9, 6}},
      {GlobalMeanPool{}, {3, 1, 1, true}},
      {Flatten{}, {162, 1, 1, true}},
      {BatchNorm{}, {3, 9, 6}},
      {Relu{}, {3, 9, 6}},
      {Sigmoid{}, {3, 9, 6}},
      {Dropout{0.5}, {3, 9, 6}},
      {Resize{18, 7}, {3, 18, 7}},
      {Normalise{{0, 0, 0}, {1, 1, 1}}, {3, 9, 6}},
  };
  for (const Case& item : cases) {
    Graph graph({3, 9, 6});
    EXPECT_EQ(graph.layer(graph.add("layer", item.operation, {0})).output, item.expected) << item.operation.index();
  }
}

TEST(Graph, JoinsBranches) {
  Graph graph({1, 4, 4});
  const LayerId a = graph.add("a", Convolution{2}, {0});
  const LayerId b = graph.add("b", Convolution{3}, {0});
  const LayerId joined = graph.add("joined", Concatenate{}, {a, b});
  EXPECT_EQ(graph.layer(joined).output, (Shape{5, 4, 4}));
  const LayerId gate = graph.add("gate", GlobalMeanPool{}, {joined});
  const LayerId scaled = graph.add("scaled", Scale{}, {joined, gate});
  EXPECT_EQ(graph.layer(graph.add("sum", Add{}, {joined, scaled})).output, (Shape{5, 4, 4}));
  EXPECT_THAT(graph.uses(), ElementsAre(2, 1, 1, 3, 1, 1, 0));
  EXPECT_EQ(graph.find("joined"), joined);
  EXPECT_THROW(graph.find("join"), std::out_of_range);
  EXPECT_THROW(graph.add("a", Relu{}, {0}), std::invalid_argument);
  EXPECT_THROW(graph.add("c", Relu{}, {17}), std::out_of_range);
}

TEST(Graph, NamesTheLayerWhoseInputsDoNotFit) {
  struct Case {
    Operation operation;
    std::vector<LayerId> inputs;
    const char* message;
  };
  const Case cases[] = {
      {Dense{3}, {0}, "layer odd takes a vector, but is given 3 x 4 x 2"},
      {Convolution{3}, {1}, "takes maps, but is given 24"},
      {MaxPool{3, 1, 0}, {0}, "pools 3 x 3, but is given 3 x 4 x 2"},
      {Convolution{4, 3, 1, true, 3}, {0}, "has groups that do not share its channels out evenly"},
      {Convolution{3, 3, 1, true, 2}, {0}, "has groups that do not share"},
      {Convolution{3, 3, 1, true, 0}, {0}, "has groups that do not share"},
      {Repeat{3}, {0}, "repeats one plane"},
      {Normalise{{1}, {1}}, {0}, "has not as many numbers"},
      {Add{}, {0, 1}, "adds two of one shape, but is given 3 x 4 x 2, 24"},
      {Add{}, {0}, "adds two of one shape"},
      {Concatenate{}, {0, 1}, "joins maps of one size"},
      {Scale{}, {0, 1}, "takes maps and a vector with a number for each"},
      {Relu{}, {0, 1}, "takes one input"},
  };
  for (const Case& item : cases) {
    Graph graph({3, 4, 2});
    graph.add("vector", Flatten{}, {0});
    try {
      graph.add("odd", item.operation, item.inputs);
      ADD_FAILURE() << item.message;
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), HasSubstr(item.message));
    }
    EXPECT_EQ(graph.layers().size(), 2U);
  }
}

// By hand: 5 x 5 x 1 x 4 kernels at 6 x 8 places, then 4 x 3 x 4 = 48 inputs by 7.
TEST(Cost, CountsMultiplyAddsAsTwo) {
  Graph graph({1, 6, 8});
  graph.add("conv", Convolution{4, 5}, {0});
  graph.add("bn", BatchNorm{}, {1});
  graph.add("pool", MaxPool{}, {2});
  graph.add("flatten", Flatten{}, {3});
  graph.add("dense", Dense{7}, {4});
  const Cost cost = costOf(graph);
  EXPECT_EQ(cost.flop, 2.0 * (100 * 48 + 48 * 7));
  EXPECT_EQ(cost.parameters, 100 + 4 + 4 * 4 + 48 * 7 + 7);
  EXPECT_EQ(cost.trainable, 100 + 4 + 2 * 4 + 48 * 7 + 7);
  EXPECT_EQ(cost.activations, 48 + 2 * 4 * 48 + 48 + 48 + 7);
}

// By hand: groups of 2 inputs and 3 outputs, 6 x 2 x 3 x 3 kernels at 3 x 4 places; then 9 numbers for each of 6 maps.
TEST(Cost, CountsTheInputsOfAGroup) {
  Graph graph({4, 6, 8});
  graph.add("grouped", Convolution{6, 3, 2, true, 2}, {0});
  graph.add("depthwise", Convolution{6, 3, 1, false, 6}, {1});
  const Cost cost = costOf(graph);
  EXPECT_EQ(cost.parameters, 108 + 6 + 54);
  EXPECT_EQ(cost.flop, 2.0 * 12 * (108 + 54));
}

}  // namespace
}  // namespace fer::graph
