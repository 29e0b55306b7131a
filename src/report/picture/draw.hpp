#pragma once

#include <string_view>

#include "fer/report/picture/picture.hpp"
#include "report/plot/colour_scale.hpp"

namespace fer::report {

constexpr Colour kPicturePaper{255, 255, 255};
constexpr Colour kPictureInk{31, 41, 51};
constexpr std::size_t kPictureMargin = 12;  ///< pixels around what is drawn

/// A red, green and blue picture of one colour.
Picture blank(std::size_t width, std::size_t height, const Colour& colour);

/// These draw on a picture of three channels; what lies beyond its edges is left out.
void fill(Picture& picture, std::size_t x, std::size_t y, std::size_t width, std::size_t height, const Colour& colour);
/// Every pixel of `pasted`, grey or coloured, becomes a square of `scale` x `scale`.
void paste(Picture& picture, std::size_t x, std::size_t y, const Picture& pasted, std::size_t scale);
/// One line from its top left corner on; characters outside ASCII become question marks.
void drawText(Picture& picture, std::size_t x, std::size_t y, std::string_view text, std::size_t scale,
              const Colour& colour);

/// Pixels that drawText fills.
std::size_t drawnWidth(std::string_view text, std::size_t scale);

}  // namespace fer::report
