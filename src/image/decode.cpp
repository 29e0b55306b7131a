#include "fer/image/decode.hpp"

#include <array>
#include <new>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>

#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"
#include "image/decoder_messages.hpp"
#include "image/file_header.hpp"

namespace fer::image {
namespace {

constexpr std::size_t kMostSide = 65'535;

void checkLimits(const FileHeader& header, const std::string& origin, const DecodeLimits& limits) {
  const bool fits = header.width <= kMostSide && header.height <= kMostSide;
  if (fits && header.width * header.height <= limits.pixels) return;
  const std::string most =
      fits ? std::to_string(limits.pixels) + " pixels" : std::to_string(kMostSide) + " pixels a side";
  throw dataError(origin + ": the picture has " + std::to_string(header.width) + " x " + std::to_string(header.height) +
                  " pixels, more than the limit of " + most + ". Scale it down.");
}

/// Where libjpeg says that it made pixels up, it returns a picture all the same.
bool saysDamaged(const std::string& messages) {
  constexpr std::array kWords{"remature end of", "bad Huffman code", "bad arithmetic code", "instead of RST",
                              "Inconsistent progression"};
  for (const char* words : kWords)
    if (messages.find(words) != std::string::npos) return true;
  return false;
}

std::string firstLine(const std::string& messages) {
  return messages.empty() ? "it cannot be decoded" : messages.substr(0, messages.find('\n'));
}

/// As stored: of 8 or 16 bit, with its fourth channel, not turned.
cv::Mat decodeAsStored(const PictureFile& file, const FileHeader& header) {
  const auto bytes = file.all();
  // OpenCV only reads it. NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast)
  const cv::Mat input(1, static_cast<int>(bytes.size()), CV_8U, const_cast<std::uint8_t*>(bytes.data()));
  const int flags = header.kind == FileKind::kBmp ? static_cast<int>(cv::IMREAD_ANYCOLOR) : cv::IMREAD_UNCHANGED;
  const DecoderMessages messages;
  cv::Mat picture;
  try {
    picture = cv::imdecode(input, flags);
  } catch (const cv::Exception& error) {
    if (error.code == cv::Error::StsNoMem) throw std::bad_alloc();
    throw file.damaged(error.err);
  }
  if (picture.empty() || saysDamaged(messages.text())) throw file.damaged(firstLine(messages.text()));
  if (static_cast<std::size_t>(picture.cols) != header.width || static_cast<std::size_t>(picture.rows) != header.height)
    throw file.damaged("its header gives another size");
  return picture;
}

cv::Mat onWhite(const cv::Mat& picture) {
  constexpr int kWhite = 255;
  cv::Mat result(picture.size(), CV_8UC3);
  for (int y = 0; y < picture.rows; ++y) {
    const auto* from = picture.ptr<cv::Vec4b>(y);
    auto* to = result.ptr<cv::Vec3b>(y);
    for (int x = 0; x < picture.cols; ++x)
      for (int channel = 0; channel < 3; ++channel) {
        const int alpha = from[x][3];
        to[x][channel] =
            static_cast<std::uint8_t>((from[x][channel] * alpha + kWhite * (kWhite - alpha) + kWhite / 2) / kWhite);
      }
  }
  return result;
}

/// Source of the eight cases: EXIF 2.32, tag Orientation.
cv::Mat upright(const cv::Mat& picture, int orientation) {
  constexpr int kFlippedAcross = 2;
  constexpr int kHalfTurn = 3;
  constexpr int kFlippedDown = 4;
  constexpr int kTransposed = 5;
  constexpr int kQuarterTurn = 6;
  constexpr int kTransverse = 7;
  constexpr int kThreeQuarterTurn = 8;
  cv::Mat result;
  switch (orientation) {
    case kFlippedAcross:
      cv::flip(picture, result, 1);
      return result;
    case kHalfTurn:
      cv::rotate(picture, result, cv::ROTATE_180);
      return result;
    case kFlippedDown:
      cv::flip(picture, result, 0);
      return result;
    case kTransposed:
      cv::transpose(picture, result);
      return result;
    case kQuarterTurn:
      cv::rotate(picture, result, cv::ROTATE_90_CLOCKWISE);
      return result;
    case kTransverse:
      cv::rotate(picture, result, cv::ROTATE_180);
      cv::transpose(result, result);
      return result;
    case kThreeQuarterTurn:
      cv::rotate(picture, result, cv::ROTATE_90_COUNTERCLOCKWISE);
      return result;
    default:
      return picture;
  }
}

}  // namespace

cv::Mat decode(std::span<const std::uint8_t> bytes, const std::string& origin, const DecodeLimits& limits) {
  constexpr double kFrom16Bit = 1.0 / 257;
  constexpr int kWithAlpha = 4;
  if (bytes.size() > limits.bytes)
    throw dataError(origin + ": the file has " + std::to_string(bytes.size()) + " bytes, more than the limit of " +
                    std::to_string(limits.bytes) + ". Scale the picture down.");
  const PictureFile file(bytes, origin);
  const FileHeader header = readHeader(file);
  checkLimits(header, origin, limits);
  cv::Mat picture = decodeAsStored(file, header);
  if (picture.depth() == CV_16U) picture.convertTo(picture, CV_8U, kFrom16Bit);
  if (picture.channels() == kWithAlpha) picture = onWhite(picture);
  if (header.grey_with_alpha && picture.channels() > 1) cv::extractChannel(picture, picture, 0);
  if (picture.type() != CV_8UC1 && picture.type() != CV_8UC3)
    throw file.unreadable("the picture's pixels are of a rare kind");
  return upright(picture, header.orientation);
}

cv::Mat readPicture(const std::filesystem::path& path, const DecodeLimits& limits) {
  const std::string bytes = readFile(path, Fault::kData, limits.bytes);
  return decode({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}, path.string(), limits);
}

}  // namespace fer::image
