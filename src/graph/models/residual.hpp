#pragma once

#include <vector>

#include "graph/models/builder.hpp"

namespace fer::graph {

/// A block with a way around it.
struct ResidualBlock {
  std::string name;  ///< scope of its layers
  std::int64_t channels = 0;
  std::int64_t stride = 1;
  double squeeze_excite = 0;    ///< as ArchitectureOptions has it
  double stochastic_depth = 0;  ///< rate of this block
};

/// 3 x 3, norm, ReLU, 3 x 3, norm, gate; added to its input, which a 1 x 1 convolution makes fit where the shapes
/// differ; ReLU. Source: He et al. 2016, figure 2; the gate's place is that of Hu et al. 2018, figure 3.
void addBasicBlock(Builder& build, const ResidualBlock& block);

/// 1 x 1 to four times the channels, norm, ReLU, 3 x 3 of each map alone, norm, ReLU, gate, 1 x 1, norm; added to its
/// input where the shapes are the same. Source: Sandler et al. 2018, figure 4b, with four for six.
void addInvertedBottleneck(Builder& build, const ResidualBlock& block);

struct ResidualStage {
  std::int64_t channels = 0;
  int blocks = 1;
  std::int64_t stride = 1;  ///< of its first block
};

/// A network of such blocks before the options: a stem of 3 x 3, stages, perhaps a last 1 x 1 convolution, the mean of
/// each map, one dense layer.
struct ResidualPlan {
  void (*add_block)(Builder&, const ResidualBlock&);
  std::int64_t stem = 0;  ///< channels
  std::vector<ResidualStage> stages;
  std::int64_t last = 0;  ///< channels of the 1 x 1 convolution; 0: none
  double squeeze_excite = 0;
  double dropout = 0;
};

/// With the options of `spec`. The rate of stochastic depth grows in equal steps from block to block, to that of the
/// options in the last one. Source: Huang et al. 2016, section 3.
Graph makeResidual(const ModelSpec& spec, const ResidualPlan& plan);

}  // namespace fer::graph
