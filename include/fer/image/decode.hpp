#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <opencv2/core/mat.hpp>
#include <span>
#include <string>

namespace fer::image {

/// What a picture may cost before any of it is decoded, told by its file's size and header.
struct DecodeLimits {
  std::size_t bytes = std::size_t{64} << 20;  ///< of the file
  std::size_t pixels = 64'000'000;            ///< height times width; 3 or 4 bytes each while it is decoded
};

/// A picture's file as pixels: 8 bit, 1 channel where the file is grey, else 3 (blue, green, red), upright.
///
/// JPEG, PNG, BMP (uncompressed) and WebP (still), told by their first bytes; what the file is called does not matter.
/// 16 bits a channel are scaled to 8 (v / 257, rounded); what is transparent lies on white, as viewers show it, except
/// in BMP, whose fourth channel is seldom meant and dropped; the orientation of EXIF is applied.
///
/// Throws Error (bad data) that begins with `origin`, the file's name, where the file is of another kind, breaks a
/// limit, ends early, is damaged, or has a side over 65,535 pixels. Any number of threads may decode at once. Decoders
/// print nothing: the first call puts the process's stderr behind a filter that keeps what they say from it, and lets
/// the text of all others pass.
cv::Mat decode(std::span<const std::uint8_t> file, const std::string& origin, const DecodeLimits& limits = {});

/// decode() of a file, of which no more than limits.bytes are read. Throws Error (bad data) as well where it is missing
/// or cannot be read.
cv::Mat readPicture(const std::filesystem::path& path, const DecodeLimits& limits = {});

}  // namespace fer::image
