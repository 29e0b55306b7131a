#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "fer/core/image_shape.hpp"
#include "fer/data/augment/equalised.hpp"
#include "fer/data/load.hpp"

namespace fer::app {

/// How this build reads datasets: folders too where it has OpenCV.
data::Reading reading(unsigned threads = 0);

/// What equalises training images. Throws Error (usage) in a build without OpenCV.
data::Equaliser equaliser();

/// C x H x W bytes as a PNG file. Throws Error (usage) in a build without OpenCV.
std::string pngFile(std::span<const std::uint8_t> pixels, ImageShape shape);

}  // namespace fer::app
