#include "fer/data/augment/profile.hpp"

#include <vector>

#include "fer/core/error.hpp"

namespace fer::data {

AugmentProfile augmentProfile(const std::string& name, ImageShape shape) {
  if (name == "keras-2.8") return {true, shape.height / 2.0 + 0.5, shape.width / 2.0 + 0.5};
  // Keras from 2.9 on swaps the axes of the finished matrix, its centres included: rows are zoomed about half the
  // width.
  if (name == "keras-2.9") return {false, shape.width / 2.0 - 0.5, shape.height / 2.0 - 0.5};
  throw usageError("augment.profile: unknown profile \"" + name + "\"; expected keras-2.8 or keras-2.9");
}

bool brightnessOn(const AugmentOptions& options) {
  return options.brightness != std::vector<double>{1.0, 1.0};
}

}  // namespace fer::data
