#pragma once

#include <cstdint>
#include <span>

#include "fer/core/image_shape.hpp"
#include "fer/data/options.hpp"

namespace fer::data {

/// An Equaliser: image::clahe. Throws std::invalid_argument where image or `out` do not fill the shape.
void equaliseInto(std::span<const std::uint8_t> image, ImageShape shape, const ClaheOptions& options,
                  std::span<std::uint8_t> out);

}  // namespace fer::data
