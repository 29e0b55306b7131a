#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "fer/core/image_shape.hpp"

namespace fer::data {

/// A PictureReader: image::readPicture, made grey (OpenCV's weights: 0.299 R + 0.587 G + 0.114 B) or colour, then
/// resized where the size differs: by areas where it shrinks, else between pixels (cv::INTER_AREA, cv::INTER_LINEAR).
/// Sides are scaled apart: what is not square comes out square where the shape is.
bool readPictureInto(const std::filesystem::path& file, ImageShape shape, std::span<std::uint8_t> pixels);

/// C x H x W bytes as a PNG file. Throws Error where OpenCV was built without PNG.
std::string pngOf(std::span<const std::uint8_t> pixels, ImageShape shape);

}  // namespace fer::data
