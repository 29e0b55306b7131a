#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace fer::report {

struct PngSize {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  int channels = 0;  ///< 1: grey, 3: colour; 0 where the file has others
};

/// From a PNG file's first chunk, IHDR; nothing where it is none. Source: PNG specification, section 11.2.2.
std::optional<PngSize> pngSize(std::string_view png);

}  // namespace fer::report
