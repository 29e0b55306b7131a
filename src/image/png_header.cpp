// PNG's chunks. Source: W3C, Portable Network Graphics (third edition), 5.
#include "image/file_header.hpp"

namespace fer::image {

FileHeader readPngHeader(const PictureFile& file) {
  constexpr std::size_t kSignature = 8;
  constexpr std::size_t kAroundData = 12;  // length, type, checksum
  constexpr std::uint32_t kGreyWithAlpha = 4;
  FileHeader header{.kind = FileKind::kPng};
  if (file.piece(kSignature, kAroundData).size() < kAroundData || !file.has(kSignature + 4, "IHDR"))
    throw file.damaged("it does not begin with its header");
  header.width = file.big(16, 4);
  header.height = file.big(20, 4);
  header.grey_with_alpha = file.big(25, 1) == kGreyWithAlpha;
  if (header.width == 0 || header.height == 0) throw file.damaged("it has no pixels");
  for (std::size_t at = kSignature;;) {
    const std::size_t length = file.big(at, 4);
    const auto chunk = file.piece(at, kAroundData + length);
    if (file.has(at + 4, "IEND")) return header;
    if (file.has(at + 4, "eXIf")) header.orientation = exifOrientation(chunk.subspan(8, length));
    at += chunk.size();
  }
}

}  // namespace fer::image
