#include "report/picture/draw.hpp"

#include <algorithm>

#include "report/picture/bitmap_font.hpp"
#include "report/text.hpp"

namespace fer::report {
namespace {

const Letter& letterOf(char character) {
  const std::span<const Letter> letters = asciiLetters();
  const auto index = static_cast<unsigned char>(character) - static_cast<unsigned char>(' ');
  const bool known = index >= 0 && static_cast<std::size_t>(index) < letters.size();
  return letters[known ? static_cast<std::size_t>(index) : static_cast<std::size_t>('?' - ' ')];
}

bool continuesCharacter(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;  // UTF-8
}

void drawLetter(Picture& picture, std::size_t x, std::size_t y, const Letter& letter, std::size_t scale,
                const Colour& colour) {
  for (std::size_t row = 0; row < kLetterHeight; ++row)
    for (std::size_t column = 0; column < kLetterWidth; ++column)
      if ((letter[row] >> (kLetterWidth - 1 - column) & 1U) != 0)
        fill(picture, x + column * scale, y + row * scale, scale, scale, colour);
}

}  // namespace

Picture blank(std::size_t width, std::size_t height, const Colour& colour) {
  Picture picture{width, height, 3, std::vector<std::uint8_t>(width * height * 3)};
  fill(picture, 0, 0, width, height, colour);
  return picture;
}

void fill(Picture& picture, std::size_t x, std::size_t y, std::size_t width, std::size_t height, const Colour& colour) {
  const std::size_t right = std::min(picture.width, x + width);
  const std::size_t bottom = std::min(picture.height, y + height);
  for (std::size_t row = y; row < bottom; ++row)
    for (std::size_t column = x; column < right; ++column) {
      std::uint8_t* pixel = &picture.pixels[(row * picture.width + column) * 3];
      pixel[0] = static_cast<std::uint8_t>(colour.red);
      pixel[1] = static_cast<std::uint8_t>(colour.green);
      pixel[2] = static_cast<std::uint8_t>(colour.blue);
    }
}

void paste(Picture& picture, std::size_t x, std::size_t y, const Picture& pasted, std::size_t scale) {
  for (std::size_t row = 0; row < pasted.height; ++row)
    for (std::size_t column = 0; column < pasted.width; ++column) {
      const std::uint8_t* pixel = &pasted.pixels[(row * pasted.width + column) * pasted.channels];
      const Colour colour =
          pasted.channels == 1 ? Colour{pixel[0], pixel[0], pixel[0]} : Colour{pixel[0], pixel[1], pixel[2]};
      fill(picture, x + column * scale, y + row * scale, scale, scale, colour);
    }
}

void drawText(Picture& picture, std::size_t x, std::size_t y, std::string_view text, std::size_t scale,
              const Colour& colour) {
  for (const char byte : text) {
    if (continuesCharacter(byte)) continue;
    drawLetter(picture, x, y, letterOf(byte), scale, colour);
    x += kLetterWidth * scale;
  }
}

std::size_t drawnWidth(std::string_view text, std::size_t scale) {
  return characters(text) * kLetterWidth * scale;
}

}  // namespace fer::report
