#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "fer/core/image_shape.hpp"

namespace fer::data {

/// A PictureReader: image::readPicture, then image::preprocess of the whole picture, as predictions do it: grey or
/// colour, then stretched to the shape where the size differs.
bool readPictureInto(const std::filesystem::path& file, ImageShape shape, std::span<std::uint8_t> pixels);

/// C x H x W bytes as a PNG file. Throws Error where OpenCV was built without PNG.
std::string pngOf(std::span<const std::uint8_t> pixels, ImageShape shape);

}  // namespace fer::data
