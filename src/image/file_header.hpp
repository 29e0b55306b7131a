#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "image/picture_file.hpp"

namespace fer::image {

enum class FileKind { kJpeg, kPng, kBmp, kWebp };

/// What a picture's file says of itself.
struct FileHeader {
  FileKind kind = FileKind::kJpeg;
  std::size_t width = 0;
  std::size_t height = 0;
  bool grey_with_alpha = false;  ///< which OpenCV gives as colour
  int orientation = 1;           ///< 1..8 as in EXIF, 1 being upright
};

/// Reads the header, and walks the file to its end: a file that was cut off is found here, since decoders fill in what
/// is missing. Throws Error (bad data).
FileHeader readHeader(const PictureFile& file);

FileHeader readJpegHeader(const PictureFile& file);
FileHeader readPngHeader(const PictureFile& file);
FileHeader readBmpHeader(const PictureFile& file);
FileHeader readWebpHeader(const PictureFile& file);

/// The orientation of a block of EXIF data, with or without the words "Exif" before it; 1 where it has none or is not
/// well formed: a picture is not refused for its notes. Source: EXIF 2.32, 4.6.4.
int exifOrientation(std::span<const std::uint8_t> block);

}  // namespace fer::image
