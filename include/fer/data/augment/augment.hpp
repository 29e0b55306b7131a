#pragma once

#include <cstdint>
#include <span>

#include "fer/data/augment/profile.hpp"
#include "fer/data/dataset.hpp"
#include "fer/data/options.hpp"
#include "fer/data/preprocess.hpp"

namespace fer::data {

/// The numbers drawn for one image. The values here leave an image as it is. Sides, shares and places are those of the
/// image that comes out.
struct Augmentation {
  double zoom_rows = 1.0;  ///< s: output row r shows input row s * r + c * (1 - s); above 1 shrinks the picture
  double zoom_columns = 1.0;
  bool flip = false;         ///< left-right
  double brightness = 1.0;   ///< factor of the grey levels
  double rotation = 0;       ///< degrees, counter-clockwise as one looks at it
  double shear = 0;          ///< degrees by which upright lines lean to the right
  double shift_rows = 0;     ///< share of the height by which the picture moves down
  double shift_columns = 0;  ///< share of the width by which it moves to the right
  double scale = 1;          ///< area of the window that is shown, 1: a pixel shows a pixel
  double aspect = 1;         ///< width by height of what a square shows
  double place_rows = 0;     ///< [0, 1): where the window lies that is smaller than the image, from the top
  double place_columns = 0;  ///< from the left
  double contrast = 1;       ///< factor of the levels' distances from their mean
  double gamma = 1;          ///< exponent of the levels as shares of white
  double erase_area = 0;     ///< share of the image that a box takes away; 0: none
  double erase_aspect = 1;   ///< the box's height by its width
  double erase_row = 0;      ///< [0, 1): where the box lies, from the top
  double erase_column = 0;   ///< from the left
  bool equalised = false;    ///< what all this is done to is shownPixels()' equalised image

  bool operator==(const Augmentation&) const = default;
};

/// Draws the numbers of one image in one epoch: a pure function of its arguments (docs/augmentation.md has each
/// number's distribution). What is off keeps the value above and leaves the others' numbers alone.
Augmentation drawAugmentation(const AugmentOptions& options, std::uint32_t seed, std::uint32_t epoch,
                              std::uint32_t row_id);

/// Applies drawn numbers to images of one shape. With nothing but zoom, flip and brightness equal to Keras'
/// ImageDataGenerator (fill nearest, bilinear) to the bit before and after the rescale (docs/augmentation.md says how).
/// Immutable; any number of threads may use it.
class Augmenter {
 public:
  /// Throws Error (usage) where options.profile is unknown, or the crop larger than the image. Of the options only
  /// profile, crop, the erased box's fill and which parts are on count: a part that is off ignores its numbers, as
  /// Keras does with brightness_range None.
  Augmenter(const AugmentOptions& options, const Preprocess& preprocess, ImageShape shape);

  /// What comes out: the images' own shape but for a crop.
  ImageShape outputShape() const { return output_; }

  /// `image` is C x H x W, 0..255; `out` receives outputShape().size() floats, C x H x W, rescaled.
  /// Throws std::invalid_argument where a size is wrong.
  void apply(std::span<const std::uint8_t> image, const Augmentation& numbers, std::span<float> out) const;

 private:
  void move(std::span<const std::uint8_t> image, const Augmentation& numbers, std::span<float> out) const;
  void shade(const Augmentation& numbers, std::span<float> out) const;

  ImageShape shape_;
  ImageShape output_;
  AugmentProfile profile_;
  AugmentParts parts_;
  float rescale_ = 1;
};

/// What validation, test and serving do to an image: the rescale alone. `out` receives images.size() floats.
/// Throws std::invalid_argument where it has another size.
void preprocess(const Preprocess& options, std::span<const std::uint8_t> images, std::span<float> out);

}  // namespace fer::data
