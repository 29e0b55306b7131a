// JPEG's markers. Source: ITU-T T.81, annex B.
#include "image/file_header.hpp"

namespace fer::image {
namespace {

/// A progressive picture is decoded once a scan; cameras and editors write 10 or so. Some limit is needed, since a scan
/// of some bytes costs as much time as all pixels.
constexpr int kMostScans = 100;

enum Marker : std::uint8_t {
  kTem = 0x01,
  kFirstRst = 0xD0,
  kLastRst = 0xD7,
  kSoi = 0xD8,
  kEoi = 0xD9,
  kSos = 0xDA,
  kApp1 = 0xE1
};

bool isFrame(std::uint8_t marker) {
  constexpr std::uint8_t kFirst = 0xC0;
  constexpr std::uint8_t kDht = 0xC4;
  constexpr std::uint8_t kJpg = 0xC8;
  constexpr std::uint8_t kDac = 0xCC;
  constexpr std::uint8_t kLast = 0xCF;
  return marker >= kFirst && marker <= kLast && marker != kDht && marker != kJpg && marker != kDac;
}

bool hasNoLength(std::uint8_t marker) {
  return marker == kTem || (marker >= kFirstRst && marker <= kLastRst) || marker == kSoi;
}

/// Steps to the next marker and past it, over a scan's data or what does not belong there, as libjpeg does.
std::uint8_t nextMarker(const PictureFile& file, std::size_t& at) {
  constexpr std::uint8_t kPrefix = 0xFF;
  for (;;) {
    at = file.find(at, kPrefix);
    while (file.big(at, 1) == kPrefix) ++at;
    const auto marker = static_cast<std::uint8_t>(file.big(at++, 1));
    if (marker != 0) return marker;
  }
}

void readFrame(const PictureFile& file, std::size_t at, FileHeader& header) {
  if (header.width != 0) throw file.damaged("it has two frames");
  header.height = file.big(at + 3, 2);
  header.width = file.big(at + 5, 2);
  if (header.width == 0 || header.height == 0) throw file.damaged("it has no pixels");
}

}  // namespace

FileHeader readJpegHeader(const PictureFile& file) {
  FileHeader header{.kind = FileKind::kJpeg};
  bool has_exif = false;
  int scans = 0;
  for (std::size_t at = 2;;) {
    const std::uint8_t marker = nextMarker(file, at);
    if (marker == kEoi) break;
    if (hasNoLength(marker)) continue;
    const std::size_t length = file.big(at, 2);
    if (length < 2) throw file.damaged("a segment without a length");
    const auto segment = file.piece(at, length);
    if (isFrame(marker)) readFrame(file, at, header);
    if (marker == kSos && ++scans > kMostScans)
      throw file.unreadable("the picture has over " + std::to_string(kMostScans) + " scans");
    if (marker == kApp1 && !has_exif && file.has(at + 2, "Exif")) {
      header.orientation = exifOrientation(segment.subspan(2));
      has_exif = true;
    }
    at += length;
  }
  if (header.width == 0 || scans == 0) throw file.damaged("it has no pixels");
  return header;
}

}  // namespace fer::image
