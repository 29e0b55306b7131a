#include "report/png_size.hpp"

namespace fer::report {

std::optional<PngSize> pngSize(std::string_view png) {
  constexpr std::size_t kWidthAt = 16;
  constexpr std::size_t kHeightAt = 20;
  constexpr std::size_t kColourAt = 25;
  constexpr char kColour = 2;
  if (png.size() <= kColourAt || !png.starts_with("\x89PNG\r\n\x1a\n")) return {};
  const auto number = [&](std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(png[at + i]);
    return value;
  };
  const char kind = png[kColourAt];
  return PngSize{number(kWidthAt), number(kHeightAt), kind == 0 ? 1 : kind == kColour ? 3 : 0};
}

}  // namespace fer::report
