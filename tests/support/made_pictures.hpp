#pragma once

#include <array>
#include <cstdint>
#include <opencv2/imgcodecs.hpp>
#include <span>
#include <string>
#include <vector>

/// Picture files made in code.
namespace fer::test {

inline std::span<const std::uint8_t> bytesOf(const std::string& file) {
  return {reinterpret_cast<const std::uint8_t*>(file.data()), file.size()};
}

inline std::string encodedAs(const std::string& ending, const cv::Mat& picture,
                             const std::vector<int>& parameters = {}) {
  std::vector<std::uint8_t> bytes;
  cv::imencode(ending, picture, bytes, parameters);
  return {bytes.begin(), bytes.end()};
}

/// 3 x 2 pixels (height x width), no two alike.
inline cv::Mat smallColour() {
  return (cv::Mat_<cv::Vec3b>(3, 2) << cv::Vec3b(1, 2, 3), cv::Vec3b(40, 50, 60), cv::Vec3b(70, 180, 90),
          cv::Vec3b(100, 110, 220), cv::Vec3b(255, 0, 130), cv::Vec3b(10, 250, 255));
}

inline cv::Mat smallGrey() {
  return (cv::Mat_<std::uint8_t>(3, 2) << 0, 50, 100, 150, 200, 255);
}

inline std::string bigEndian(std::uint32_t value, int bytes) {
  std::string text;
  for (int i = bytes - 1; i >= 0; --i) text += static_cast<char>(value >> (8 * i) & 0xFF);
  return text;
}

inline std::string littleEndian(std::uint32_t value, int bytes) {
  const std::string text = bigEndian(value, bytes);
  return {text.rbegin(), text.rend()};
}

inline std::string pngChunk(const std::string& type, const std::string& data) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const char byte : type + data) {
    crc ^= static_cast<std::uint8_t>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
  }
  return bigEndian(static_cast<std::uint32_t>(data.size()), 4) + type + data + bigEndian(~crc, 4);
}

/// A PNG file of 8 bit of any colour type of its format (4: grey with alpha, 6: colour with alpha), from its rows, each
/// beginning with its filter's byte.
inline std::string pngOf(std::uint32_t width, std::uint32_t height, int colour_type, const std::string& rows) {
  std::uint32_t low = 1;
  std::uint32_t high = 0;
  for (const char byte : rows) {
    low = (low + static_cast<std::uint8_t>(byte)) % 65521;
    high = (high + low) % 65521;
  }
  const auto size = static_cast<std::uint32_t>(rows.size());
  const std::string stored =
      "\x78\x01\x01" + littleEndian(size, 2) + littleEndian(~size, 2) + rows + bigEndian(high << 16 | low, 4);
  const std::string header =
      bigEndian(width, 4) + bigEndian(height, 4) + '\x08' + static_cast<char>(colour_type) + std::string(3, '\0');
  return "\x89PNG\r\n\x1A\n" + pngChunk("IHDR", header) + pngChunk("IDAT", stored) + pngChunk("IEND", "");
}

/// A block of EXIF data with nothing but the orientation, of the lowest byte first ("II") or the highest ("MM").
inline std::string exifBlock(int orientation, bool little = true) {
  const auto number = [little](std::uint32_t value, int bytes) {
    return little ? littleEndian(value, bytes) : bigEndian(value, bytes);
  };
  return (little ? "II" : "MM") + number(42, 2) + number(8, 4) + number(1, 2) + number(0x0112, 2) + number(3, 2) +
         number(1, 4) + number(static_cast<std::uint32_t>(orientation), 2) + number(0, 2) + number(0, 4);
}

inline std::string withExif(const std::string& jpeg, const std::string& block) {
  const std::string data = std::string("Exif\0\0", 6) + block;
  return jpeg.substr(0, 2) + "\xFF\xE1" + bigEndian(static_cast<std::uint32_t>(data.size() + 2), 2) + data +
         jpeg.substr(2);
}

inline std::string pngWithExif(const std::string& png, const std::string& block) {
  constexpr std::size_t kAfterHeader = 8 + 25;
  return png.substr(0, kAfterHeader) + pngChunk("eXIf", block) + png.substr(kAfterHeader);
}

/// An extended file (VP8X) about the simple one that OpenCV writes.
inline std::string webpWithExif(const std::string& webp, const std::string& block, const cv::Size& size) {
  const std::string extended = "VP8X" + littleEndian(10, 4) + '\x08' + std::string(3, '\0') +
                               littleEndian(static_cast<std::uint32_t>(size.width - 1), 3) +
                               littleEndian(static_cast<std::uint32_t>(size.height - 1), 3);
  const std::string chunks =
      "WEBP" + extended + webp.substr(12) + "EXIF" + littleEndian(static_cast<std::uint32_t>(block.size()), 4) + block;
  return "RIFF" + littleEndian(static_cast<std::uint32_t>(chunks.size()), 4) + chunks;
}

}  // namespace fer::test
