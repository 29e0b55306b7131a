#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "fer/core/error.hpp"

namespace fer::image {

/// The bytes of a picture's file, and what messages call it. Reading beyond the end is an Error that says so.
class PictureFile {
 public:
  PictureFile(std::span<const std::uint8_t> bytes, const std::string& origin) : bytes_(bytes), origin_(origin) {}

  std::size_t size() const { return bytes_.size(); }
  std::span<const std::uint8_t> all() const { return bytes_; }

  std::span<const std::uint8_t> piece(std::size_t at, std::size_t count) const {
    if (at > bytes_.size() || count > bytes_.size() - at)
      throw dataError(origin_ + ": the file ends early, at byte " + std::to_string(bytes_.size()) +
                      ". It was cut off; fetch it again.");
    return bytes_.subspan(at, count);
  }

  bool has(std::size_t at, std::string_view text) const {
    if (at > bytes_.size() || text.size() > bytes_.size() - at) return false;
    for (std::size_t i = 0; i < text.size(); ++i)
      if (bytes_[at + i] != static_cast<std::uint8_t>(text[i])) return false;
    return true;
  }

  /// The next place of a byte from `at` on; the file's end where there is none.
  std::size_t find(std::size_t at, std::uint8_t byte) const {
    const auto from = bytes_.begin() + static_cast<std::ptrdiff_t>(std::min(at, bytes_.size()));
    return static_cast<std::size_t>(std::find(from, bytes_.end(), byte) - bytes_.begin());
  }

  /// A number of `count` bytes, at most 4, the highest first.
  std::uint32_t big(std::size_t at, std::size_t count) const {
    std::uint32_t value = 0;
    for (const std::uint8_t byte : piece(at, count)) value = value << 8 | byte;
    return value;
  }

  /// Likewise, the lowest first.
  std::uint32_t little(std::size_t at, std::size_t count) const {
    std::uint32_t value = 0;
    const auto bytes = piece(at, count);
    for (std::size_t i = count; i-- > 0;) value = value << 8 | bytes[i];
    return value;
  }

  Error damaged(const std::string& what) const {
    return dataError(origin_ + ": the picture is damaged: " + what + ". Fetch it again or leave it out.");
  }
  Error unreadable(const std::string& what) const {
    return dataError(origin_ + ": " + what + ". Save it as a plain JPEG, PNG, BMP or WebP picture.");
  }

 private:
  std::span<const std::uint8_t> bytes_;
  const std::string& origin_;
};

}  // namespace fer::image
