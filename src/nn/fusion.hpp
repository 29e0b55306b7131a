#pragma once

#include <vector>

#include "fer/graph/graph.hpp"
#include "fer/nn/kernels.hpp"

namespace fer::nn {

/// Layers of a graph that are computed at once: one, or a chain for which there is a kernel. The first one's inputs go
/// in, the last one's output comes out.
struct Group {
  enum class Kind { kSingle, kConvRelu, kConvReluMaxPool, kReluMaxPool, kNormRelu, kNormReluMaxPool, kAddRelu, kGate };
  Kind kind = Kind::kSingle;
  std::vector<graph::LayerId> layers;
};

/// Whether the pooling is of 2 x 2 windows side by side, for which there are kernels.
inline bool halves(const graph::MaxPool& pool) {
  return pool.window == 2 && pool.stride == 2 && pool.padding == 0;
}

/// Every layer but the input, in one group each, in the graph's order. Plain kernels take them one by one. Feature maps
/// are never inside a chain, for they would not come out.
std::vector<Group> fuse(const graph::Graph& graph, Kernels kernels);

}  // namespace fer::nn
