#pragma once

#include <cstdint>
#include <span>

#include "fer/predict/predictor.hpp"

namespace fer::predict {

struct Speed {
  double ms_a_face = 0;     ///< median of calls with one image, 5 of them at least, 2 seconds or 1,000 calls long
  double images_per_s = 0;  ///< of calls with kBatch images, 3 of them at least, 2 seconds or 100 calls long
};

/// Times a predictor on this machine, after warming it up, with the images (of its input shape) over and over. Throws
/// std::invalid_argument where there is no image.
Speed measureSpeed(Predictor& predictor, std::span<const std::uint8_t> images);

}  // namespace fer::predict
