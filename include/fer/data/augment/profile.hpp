#pragma once

#include <string>

#include "fer/data/dataset.hpp"
#include "fer/data/options.hpp"

namespace fer::data {

/// What a profile of Keras' fixes for images of one shape; see docs/augmentation.md.
struct AugmentProfile {
  bool stretch = true;        ///< brightness first stretches min..max to 0..255 (Keras up to 2.8)
  double centre_rows = 0;     ///< about which rows are zoomed
  double centre_columns = 0;  ///< about which columns are zoomed
};

/// Throws Error (usage) where the name is unknown.
AugmentProfile augmentProfile(const std::string& name, ImageShape shape);

/// Whether the brightness step runs at all: not with [1, 1], as with Keras' brightness_range None.
bool brightnessOn(const AugmentOptions& options);

}  // namespace fer::data
