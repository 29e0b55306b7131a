#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace fer::report {

/// Rows of pixels from the top, channels beside each other.
struct Picture {
  std::size_t width = 0;
  std::size_t height = 0;
  std::size_t channels = 1;  ///< 1: grey, 3: red, green, blue
  std::vector<std::uint8_t> pixels;
};

/// The bytes of a PNG file. Throws std::invalid_argument where the pixels do not fill the picture.
std::string png(const Picture& picture);

}  // namespace fer::report
