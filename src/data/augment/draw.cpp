#include "fer/core/random.hpp"
#include "fer/data/augment/augment.hpp"

namespace fer::data {

Augmentation drawAugmentation(const AugmentOptions& options, std::uint32_t seed, std::uint32_t epoch,
                              std::uint32_t row_id) {
  RandomStream stream(seed, Purpose::kAugment, epoch, row_id);
  // The order is part of the format of a run, and every number is taken whether it is used or not, so that switching
  // one transform off leaves the others' numbers alone. Further transforms draw after the last of these.
  Augmentation numbers;
  numbers.zoom_rows = stream.uniform(1.0 - options.zoom, 1.0 + options.zoom);
  numbers.zoom_columns = stream.uniform(1.0 - options.zoom, 1.0 + options.zoom);
  const bool flipped = stream.uniform() < 0.5F;
  numbers.flip = options.horizontal_flip && flipped;
  numbers.brightness = stream.uniform(options.brightness.at(0), options.brightness.at(1));
  return numbers;
}

}  // namespace fer::data
