#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "fer/data/dataset.hpp"

namespace fer::predict {

/// Images to give a predictor at once where there are many; the last batch may be smaller.
constexpr std::size_t kBatch = 128;

/// A trained network behind one call. One thread at a time.
class Predictor {
 public:
  virtual ~Predictor() = default;
  virtual ImageShape inputShape() const = 0;
  virtual const std::vector<std::string>& classes() const = 0;

  /// `images` holds n images of inputShape(), C x H x W, 0..255. Returns n x classes probabilities, each row's sum 1.
  /// Throws std::invalid_argument where the bytes are no whole number of images.
  virtual std::vector<float> probabilities(std::span<const std::uint8_t> images) = 0;
};

}  // namespace fer::predict
