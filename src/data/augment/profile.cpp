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

AugmentParts augmentParts(const AugmentOptions& options) {
  const std::vector<double> off{1.0, 1.0};
  const bool policy = options.policy != "none";
  AugmentParts parts;
  parts.warp = policy || options.rotation != 0 || options.shift != 0 || options.shear != 0 || options.scale != off ||
               options.aspect != off || options.crop != 0;
  parts.brightness = options.brightness != off;
  parts.contrast = policy || options.contrast != off;
  parts.gamma = policy || options.gamma != off;
  parts.erasing = options.erasing.probability != 0;
  parts.fill_with_mean = options.erasing.fill == "mean";
  return parts;
}

ImageShape augmentedShape(const AugmentOptions& options, ImageShape shape) {
  if (options.crop == 0) return shape;
  if (options.crop > shape.height || options.crop > shape.width)
    throw usageError("augment.crop: " + std::to_string(options.crop) + " is more than the images' " +
                     std::to_string(shape.height) + " x " + std::to_string(shape.width) +
                     " pixels. Choose a smaller crop, or 0 for none.");
  return {shape.channels, options.crop, options.crop};
}

}  // namespace fer::data
