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

/// Which steps run at all.
struct AugmentParts {
  bool warp = false;        ///< more than a zoom along the axes: one affine map, about the true centre
  bool brightness = false;  ///< not with [1, 1], as with Keras' brightness_range None
  bool contrast = false;
  bool gamma = false;
  bool erasing = false;
  bool fill_with_mean = false;  ///< what is erased becomes the image's mean, else black
};
AugmentParts augmentParts(const AugmentOptions& options);

/// What training images look like: `shape` but for augment.crop. Throws Error (usage) where the crop is larger.
ImageShape augmentedShape(const AugmentOptions& options, ImageShape shape);

}  // namespace fer::data
