#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "data/folder/tree.hpp"
#include "fer/core/image_shape.hpp"
#include "fer/data/folder/picture_reader.hpp"

namespace fer::data::folder {

/// A tree's pictures in memory, and what became of each.
struct Decoded {
  std::vector<std::uint8_t> pixels;          ///< of all; zeros where one cannot be read
  std::vector<std::uint32_t> unreadable;     ///< ascending
  std::map<std::uint32_t, std::string> why;  ///< of the first of these
  std::size_t resized = 0;
};

/// Decodes each once, with `threads` threads; what comes out does not depend on how many. Throws Error (bad data) where
/// the memory of the machine does not do.
Decoded decodeAll(const std::filesystem::path& root, const std::vector<Picture>& pictures, ImageShape shape,
                  const PictureReader& reader, unsigned threads);

}  // namespace fer::data::folder
