#pragma once

#include <string>
#include <vector>

#include "fer/core/config/key_table.hpp"
#include "fer/graph/models/architecture.hpp"

namespace fer::graph {

/// What a network does to an image before its first layer. It belongs to the network, not to the data, so that whoever
/// uses a trained one need not know of it. Networks that were trained on three channels repeat a grey plane besides.
struct InputOptions {
  int height = 0;            ///< bilinear resize to this many rows (half-pixel centres, no smoothing); 0: as they come
  int width = 0;             ///< likewise columns
  std::vector<double> mean;  ///< subtracted from each channel after the rescale; empty: nothing
  std::vector<double> std;   ///< each channel is divided by this; empty: nothing
};

/// Which network, and what its training starts from.
struct ModelOptions {
  std::string name = "vgg_block";
  std::string weights;              ///< file with a pretrained body, "random" to go without; empty: none named
  std::string init;                 ///< one of our runs, or a weights file, to start from; empty: none
  std::vector<std::string> frozen;  ///< layers that keep their weights; see nn/freezing.hpp
  InputOptions input;
  ArchitectureOptions architecture;
};

void describe(ModelOptions& options, KeyTable& table);  ///< keys model.*

}  // namespace fer::graph
