#pragma once

#include <cstddef>

namespace fer {

/// What an image looks like in memory: a plane a channel, rows one after the other.
struct ImageShape {
  int channels = 1;  ///< 1 (grey) or 3 (red, green, blue)
  int height = 48;   ///< pixels
  int width = 48;    ///< pixels

  std::size_t size() const {
    return static_cast<std::size_t>(channels) * static_cast<std::size_t>(height) * static_cast<std::size_t>(width);
  }
  bool operator==(const ImageShape&) const = default;
};

}  // namespace fer
