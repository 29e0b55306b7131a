#include "fer/report/picture/confusion.hpp"

#include <algorithm>
#include <stdexcept>

#include "fer/core/text/numbers.hpp"
#include "report/picture/bitmap_font.hpp"
#include "report/picture/draw.hpp"
#include "report/text.hpp"

namespace fer::report {
namespace {

constexpr std::size_t kCellWidth = 72;
constexpr std::size_t kCellHeight = 44;
constexpr std::size_t kNameHeight = kLetterHeight + 8;

/// In the middle of a box.
void drawCentred(Picture& picture, std::size_t x, std::size_t y, std::size_t width, std::size_t height,
                 const std::string& text, const Colour& colour) {
  drawText(picture, x + (width - drawnWidth(text, 1)) / 2, y + (height - kLetterHeight) / 2, text, 1, colour);
}

/// With a full stop where something is missing: the letters drawn here have no ellipsis.
std::string cut(const std::string& name, std::size_t letters) {
  constexpr std::string_view kEllipsis = "…";
  if (characters(name) <= letters) return name;
  std::string text = shortened(name, letters);
  text.replace(text.size() - kEllipsis.size(), kEllipsis.size(), ".");
  return text;
}

}  // namespace

Picture confusionPicture(const metrics::ConfusionMatrix& confusion, const std::vector<std::string>& classes) {
  constexpr std::size_t kColumnLetters = kCellWidth / kLetterWidth;
  constexpr std::size_t kRowLetters = 20;
  constexpr double kPercent = 100;
  const std::size_t count = classes.size();
  if (count != confusion.classes()) throw std::invalid_argument("confusionPicture: not one name a class");
  std::size_t left = 0;
  for (const std::string& name : classes) left = std::max(left, drawnWidth(cut(name, kRowLetters), 1));
  left += kPictureMargin + kLetterWidth;
  const std::size_t top = kPictureMargin + 2 * kNameHeight;
  Picture picture =
      blank(left + count * kCellWidth + kPictureMargin, top + count * kCellHeight + kPictureMargin, kPicturePaper);
  drawText(picture, kPictureMargin, kPictureMargin, "per cent of the true class (down) taken for each class (across)",
           1, kPictureInk);
  for (std::size_t truth = 0; truth < count; ++truth) {
    const std::size_t y = top + truth * kCellHeight;
    drawText(picture, kPictureMargin, y + (kCellHeight - kLetterHeight) / 2, cut(classes[truth], kRowLetters), 1,
             kPictureInk);
    drawCentred(picture, left + truth * kCellWidth, kPictureMargin + kNameHeight, kCellWidth, kNameHeight,
                cut(classes[truth], kColumnLetters), kPictureInk);
    const auto rows = static_cast<double>(std::max<std::int64_t>(1, confusion.labelled(truth)));
    for (std::size_t taken = 0; taken < count; ++taken) {
      const double share = static_cast<double>(confusion.at(truth, taken)) / rows;
      const Colour colour = sequentialColour(share);
      const std::size_t x = left + taken * kCellWidth;
      fill(picture, x, y, kCellWidth - 1, kCellHeight - 1, colour);
      drawCentred(picture, x, y, kCellWidth, kCellHeight, fixed(kPercent * share, 1),
                  readableOn(colour) == "#ffffff" ? kPicturePaper : kPictureInk);
    }
  }
  return picture;
}

}  // namespace fer::report
