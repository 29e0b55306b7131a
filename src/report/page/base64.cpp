#include "report/page/base64.hpp"

#include <cstdint>

namespace fer::report {

std::string base64(std::string_view bytes) {
  constexpr const char* kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  constexpr std::size_t kGroup = 3;
  constexpr unsigned kMask = 63;
  std::string out;
  out.reserve((bytes.size() + kGroup - 1) / kGroup * 4);
  for (std::size_t at = 0; at < bytes.size(); at += kGroup) {
    const std::size_t left = bytes.size() - at;
    const auto byte = [&](std::size_t i) -> std::uint32_t {
      return i < left ? static_cast<unsigned char>(bytes[at + i]) : 0;
    };
    const std::uint32_t bits = byte(0) << 16 | byte(1) << 8 | byte(2);
    out += kDigits[bits >> 18 & kMask];
    out += kDigits[bits >> 12 & kMask];
    out += left > 1 ? kDigits[bits >> 6 & kMask] : '=';
    out += left > 2 ? kDigits[bits & kMask] : '=';
  }
  return out;
}

std::string pngAddress(std::string_view png) {
  return "data:image/png;base64," + base64(png);
}

}  // namespace fer::report
