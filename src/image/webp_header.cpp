// Sources: RFC 9649 (the container), RFC 6386 9.1 (lossy frames).
#include "image/file_header.hpp"

namespace fer::image {
namespace {

constexpr std::size_t kFirstChunk = 12;
constexpr std::size_t kChunkHeader = 8;
constexpr std::uint32_t kSide = 0x3FFF;  // 14 bits

void readLossy(const PictureFile& file, std::size_t at, FileHeader& header) {
  header.width = file.little(at + 6, 2) & kSide;
  header.height = file.little(at + 8, 2) & kSide;
}

void readLossless(const PictureFile& file, std::size_t at, FileHeader& header) {
  constexpr int kSideBits = 14;
  const std::uint32_t sides = file.little(at + 1, 4);
  header.width = (sides & kSide) + 1;
  header.height = (sides >> kSideBits & kSide) + 1;
}

void readExtended(const PictureFile& file, std::size_t at, FileHeader& header) {
  constexpr std::uint32_t kAnimated = 0x02;
  if ((file.little(at, 1) & kAnimated) != 0) throw file.unreadable("the picture is animated");
  header.width = std::size_t{file.little(at + 4, 3)} + 1;
  header.height = std::size_t{file.little(at + 7, 3)} + 1;
}

/// The chunks behind the first, for the orientation's sake.
void readFurtherChunks(const PictureFile& file, std::size_t end, FileHeader& header) {
  for (std::size_t at = kFirstChunk; at + kChunkHeader <= end;) {
    const std::size_t length = file.little(at + 4, 4);
    const auto data = file.piece(at + kChunkHeader, length);
    if (file.has(at, "EXIF")) header.orientation = exifOrientation(data);
    at += kChunkHeader + length + length % 2;
  }
}

}  // namespace

FileHeader readWebpHeader(const PictureFile& file) {
  FileHeader header{.kind = FileKind::kWebp};
  const std::size_t end = std::size_t{file.little(4, 4)} + kChunkHeader;
  file.piece(0, end);
  const std::size_t data = kFirstChunk + kChunkHeader;
  file.piece(0, data);
  if (file.has(kFirstChunk, "VP8 ")) {
    readLossy(file, data, header);
  } else if (file.has(kFirstChunk, "VP8L")) {
    readLossless(file, data, header);
  } else if (file.has(kFirstChunk, "VP8X")) {
    readExtended(file, data, header);
  } else {
    throw file.damaged("it does not begin with its header");
  }
  if (header.width == 0 || header.height == 0) throw file.damaged("it has no pixels");
  readFurtherChunks(file, end, header);
  return header;
}

}  // namespace fer::image
