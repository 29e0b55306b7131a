#pragma once

#include <cstdint>

#include "fer/graph/graph.hpp"

namespace fer::graph {

/// What a network costs, without running it.
struct Cost {
  double flop = 0;               ///< of convolutions and dense layers, forward, one image; a multiply-add counts two
  std::int64_t parameters = 0;   ///< numbers in it as Keras counts them: weights, and the running values of batch norms
  std::int64_t trainable = 0;    ///< those of them that a gradient changes
  std::int64_t activations = 0;  ///< numbers that all layers together give for one image: what a training keeps
};
Cost costOf(const Graph& graph);

}  // namespace fer::graph
