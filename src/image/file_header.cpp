#include "image/file_header.hpp"

namespace fer::image {

FileHeader readHeader(const PictureFile& file) {
  if (file.size() == 0) throw file.unreadable("the file is empty");
  if (file.has(0, "\xFF\xD8\xFF")) return readJpegHeader(file);
  if (file.has(0, "\x89PNG\r\n\x1A\n")) return readPngHeader(file);
  if (file.has(0, "BM")) return readBmpHeader(file);
  if (file.has(0, "RIFF") && file.has(8, "WEBP")) return readWebpHeader(file);
  throw file.unreadable("is no JPEG, PNG, BMP or WebP picture, going by its first bytes");
}

}  // namespace fer::image
