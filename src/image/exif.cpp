#include <optional>

#include "image/file_header.hpp"

namespace fer::image {
namespace {

/// Numbers of a TIFF block, in its byte order; nothing beyond its end.
class Tiff {
 public:
  explicit Tiff(std::span<const std::uint8_t> bytes) : bytes_(bytes) {
    little_ = bytes.size() > 1 && bytes[0] == 'I' && bytes[1] == 'I';
    valid_ = (little_ || (bytes.size() > 1 && bytes[0] == 'M' && bytes[1] == 'M')) && number(2, 2) == 42;
  }

  bool valid() const { return valid_; }

  std::optional<std::uint32_t> number(std::size_t at, std::size_t count) const {
    if (at > bytes_.size() || count > bytes_.size() - at) return std::nullopt;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) value = value << 8 | bytes_[at + (little_ ? count - 1 - i : i)];
    return value;
  }

 private:
  std::span<const std::uint8_t> bytes_;
  bool little_ = false;
  bool valid_ = false;
};

}  // namespace

int exifOrientation(std::span<const std::uint8_t> block) {
  constexpr std::size_t kEntrySize = 12;
  constexpr std::uint32_t kOrientationTag = 0x0112;
  constexpr std::uint32_t kShort = 3;
  constexpr std::uint32_t kLast = 8;
  constexpr std::string_view kWords("Exif\0\0", 6);
  static const std::string kNoName;
  if (PictureFile(block, kNoName).has(0, kWords)) block = block.subspan(kWords.size());
  const Tiff tiff(block);
  const auto directory = tiff.valid() ? tiff.number(4, 4) : std::nullopt;
  const auto entries = directory ? tiff.number(*directory, 2) : std::nullopt;
  for (std::size_t i = 0; entries && i < *entries; ++i) {
    const std::size_t at = *directory + 2 + i * kEntrySize;
    if (tiff.number(at, 2) != kOrientationTag || tiff.number(at + 2, 2) != kShort) continue;
    const auto value = tiff.number(at + 8, 2);
    return value && *value >= 1 && *value <= kLast ? static_cast<int>(*value) : 1;
  }
  return 1;
}

}  // namespace fer::image
