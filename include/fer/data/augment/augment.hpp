#pragma once

#include <cstdint>
#include <span>

#include "fer/data/augment/profile.hpp"
#include "fer/data/dataset.hpp"
#include "fer/data/options.hpp"
#include "fer/data/preprocess.hpp"

namespace fer::data {

/// The numbers drawn for one image. The values here leave an image as it is.
struct Augmentation {
  double zoom_rows = 1.0;  ///< s: output row r shows input row s * r + c * (1 - s); above 1 shrinks the picture
  double zoom_columns = 1.0;
  bool flip = false;        ///< left-right
  double brightness = 1.0;  ///< factor of the grey levels

  bool operator==(const Augmentation&) const = default;
};

/// Draws the numbers of one image in one epoch: a pure function of its arguments. Zooms ~ U[1-zoom, 1+zoom], flip with
/// probability 1/2, brightness ~ U[low, high]; what is off keeps the value above and leaves the others' numbers alone.
Augmentation drawAugmentation(const AugmentOptions& options, std::uint32_t seed, std::uint32_t epoch,
                              std::uint32_t row_id);

/// Applies drawn numbers to images of one shape. Equal to Keras' ImageDataGenerator (fill nearest, bilinear) to the bit
/// before and after the rescale (docs/augmentation.md says how). Immutable; any number of threads may use it.
class Augmenter {
 public:
  /// Throws Error (usage) where options.profile is unknown. Of the options only the profile and whether brightness is
  /// on count: with brightness off its number is ignored, as Keras does with brightness_range None.
  Augmenter(const AugmentOptions& options, const Preprocess& preprocess, ImageShape shape);

  /// `image` is C x H x W, 0..255; `out` receives shape.size() floats, C x H x W, rescaled.
  /// Throws std::invalid_argument where a size is wrong.
  void apply(std::span<const std::uint8_t> image, const Augmentation& numbers, std::span<float> out) const;

 private:
  ImageShape shape_;
  AugmentProfile profile_;
  bool brightness_on_ = false;
  float rescale_ = 1;
};

/// What validation, test and serving do to an image: the rescale alone. `out` receives images.size() floats.
/// Throws std::invalid_argument where it has another size.
void preprocess(const Preprocess& options, std::span<const std::uint8_t> images, std::span<float> out);

}  // namespace fer::data
