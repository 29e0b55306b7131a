#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fer::train {

/// A layer and a number for it: "layer4:0.1".
struct LayerNumber {
  std::string layer;
  double number;
};

/// Throws Error (usage) that starts with `key` for a text that is not LAYER:NUMBER, or a number outside 0..1e6.
std::vector<LayerNumber> parseLayerNumbers(const std::vector<std::string>& texts, const std::string& key);

/// The number of the longest layer name that `tensor` belongs to; `otherwise` where there is none.
double numberFor(std::string_view tensor, const std::vector<LayerNumber>& list, double otherwise);

}  // namespace fer::train
