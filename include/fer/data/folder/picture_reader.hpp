#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>

#include "fer/core/image_shape.hpp"

namespace fer::data {

/// Decodes a picture's file into C x H x W bytes of the shape, resized where it has another size. Returns whether it
/// was. Throws Error (bad data) that begins with the path where the file is no picture or damaged. Called from several
/// threads at once. The room data decodes nothing itself: `readPictureInto` of data_folder is what programs pass.
using PictureReader =
    std::function<bool(const std::filesystem::path& file, ImageShape shape, std::span<std::uint8_t> pixels)>;

/// Whether a file's name ends as those of pictures that can be read do: jpg, jpeg, png, bmp, webp, in any case.
bool isPictureName(const std::filesystem::path& file);

}  // namespace fer::data
