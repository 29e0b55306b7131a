#include "fer/report/picture/heat_map.hpp"

#include <cmath>
#include <stdexcept>

#include "report/plot/colour_scale.hpp"

namespace fer::report {
namespace {

/// Grey of a pixel. Source: ITU-R BT.601, as JPEG and OpenCV weigh the colours.
double greyOf(const std::uint8_t* pixel, std::size_t channels) {
  return channels == 1 ? pixel[0] : 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
}

}  // namespace

Picture underHeat(const Picture& picture, std::span<const float> heat) {
  const std::size_t count = picture.width * picture.height;
  if (heat.size() != count || picture.pixels.size() != count * picture.channels)
    throw std::invalid_argument("underHeat: map and picture differ in size");
  Picture result{picture.width, picture.height, 3, {}};
  result.pixels.reserve(count * 3);
  for (std::size_t i = 0; i < count; ++i) {
    const double grey = greyOf(&picture.pixels[i * picture.channels], picture.channels);
    const Colour colour = heatColour(heat[i]);
    for (const int part : {colour.red, colour.green, colour.blue})
      result.pixels.push_back(static_cast<std::uint8_t>(std::lround((grey + part) / 2)));
  }
  return result;
}

}  // namespace fer::report
