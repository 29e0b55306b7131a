#include "fer/graph/models/options.hpp"

#include "fer/graph/models/table.hpp"

namespace fer::graph {

void describe(ModelOptions& options, KeyTable& table) {
  constexpr double kLargestSide = 4096;
  constexpr double kLargestLevel = 1e6;
  table.addChoice("model.name", options.name, "the network", modelNames());
  describe(options.architecture, table);
  table.add("model.weights", &options.weights,
            "pretrained body: a .pth or .safetensors file with torchvision's names; random: go without");
  table.add("model.init", &options.init,
            "start from the weights of one of fer's runs, or of a weights file of the same model");
  table.add("model.frozen", &options.frozen, "layers that keep their weights, e.g. [\"features.0\",\"layer1\"]");
  table.add("model.input.height", &options.input.height, "resize images to this many rows; 0: as they are",
            {0, kLargestSide});
  table.add("model.input.width", &options.input.width, "resize images to this many columns; 0: as they are",
            {0, kLargestSide});
  table.addList("model.input.mean", options.input.mean, "subtracted from each channel after the rescale; [] is off", 0,
                {-kLargestLevel, kLargestLevel});
  table.addList("model.input.std", options.input.std, "each channel is divided by this; [] is off", 0,
                {0, kLargestLevel, true});
}

}  // namespace fer::graph
