// Source: Microsoft, "Bitmap Header Types".
#include <cstdlib>

#include "image/file_header.hpp"

namespace fer::image {

FileHeader readBmpHeader(const PictureFile& file) {
  constexpr std::size_t kCoreHeader = 12;
  constexpr std::uint32_t kPlain = 0;
  constexpr std::uint32_t kBitFields = 3;
  const std::size_t pixels_at = file.little(10, 4);
  const std::size_t length = file.little(14, 4);
  FileHeader header{.kind = FileKind::kBmp};
  std::size_t bits = 0;
  std::uint32_t compression = kPlain;
  if (length == kCoreHeader) {
    header.width = file.little(18, 2);
    header.height = file.little(20, 2);
    bits = file.little(24, 2);
  } else {
    const auto width = static_cast<std::int32_t>(file.little(18, 4));
    const auto height = static_cast<std::int32_t>(file.little(22, 4));  // negative where rows begin at the top
    if (width < 0) throw file.damaged("its width is negative");
    header.width = static_cast<std::size_t>(width);
    header.height = static_cast<std::size_t>(std::abs(std::int64_t{height}));
    bits = file.little(28, 2);
    compression = file.little(30, 4);
  }
  if (compression != kPlain && compression != kBitFields) throw file.unreadable("the picture is a compressed BMP");
  if (header.width == 0 || header.height == 0) throw file.damaged("it has no pixels");
  const std::size_t row = (header.width * bits + 31) / 32 * 4;
  file.piece(pixels_at, row * header.height);
  return header;
}

}  // namespace fer::image
