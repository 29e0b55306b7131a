#include "fer/report/picture/confusion.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <stdexcept>

#include "fer/core/text/numbers.hpp"
#include "fer/image/encode.hpp"
#include "fer/image/text.hpp"
#include "report/picture/canvas.hpp"

namespace fer::report {
namespace {

const cv::Size kMatrixCell(72, 44);
constexpr int kNameHeight = 18;
constexpr int kMostNameWidth = 120;

/// In the middle of a box, cut where it is wider.
void drawCentred(cv::Mat& picture, const cv::Rect& box, const std::string& text, const Colour& colour) {
  const std::string shown = image::cutToWidth(text, kLetters, box.width - 4);
  image::drawText(picture,
                  {box.x + (box.width - image::textWidth(shown, kLetters)) / 2, box.y + (box.height - kLetters) / 2},
                  shown, kLetters, scalar(colour));
}

std::string rowName(const std::string& name) {
  return image::cutToWidth(name, kLetters, kMostNameWidth);
}

/// The names of true classes need this much at the left.
int leftOf(const std::vector<std::string>& classes) {
  int widest = 0;
  for (const std::string& name : classes) widest = std::max(widest, image::textWidth(rowName(name), kLetters));
  return kPictureMargin + widest + kLetters;
}

}  // namespace

std::string confusionPicture(const metrics::ConfusionMatrix& confusion, const std::vector<std::string>& classes) {
  constexpr const char* kHeading = "per cent of the true class (down) taken for each class (across)";
  constexpr double kPercent = 100;
  if (classes.size() != confusion.classes()) throw std::invalid_argument("confusionPicture: not one name a class");
  const auto count = static_cast<int>(classes.size());
  const int left = leftOf(classes);
  const int top = kPictureMargin + 2 * kNameHeight;
  const int width = std::max(left + count * kMatrixCell.width, kPictureMargin + image::textWidth(kHeading, kLetters));
  cv::Mat picture(top + count * kMatrixCell.height + kPictureMargin, width + kPictureMargin, CV_8UC3,
                  scalar(kPicturePaper));
  image::drawText(picture, {kPictureMargin, kPictureMargin}, kHeading, kLetters, scalar(kPictureInk));
  for (int truth = 0; truth < count; ++truth) {
    const auto row = static_cast<std::size_t>(truth);
    const int y = top + truth * kMatrixCell.height;
    image::drawText(picture, {kPictureMargin, y + (kMatrixCell.height - kLetters) / 2}, rowName(classes[row]), kLetters,
                    scalar(kPictureInk));
    drawCentred(picture,
                {left + truth * kMatrixCell.width, kPictureMargin + kNameHeight, kMatrixCell.width - 1, kNameHeight},
                classes[row], kPictureInk);
    const auto rows = static_cast<double>(std::max<std::int64_t>(1, confusion.labelled(row)));
    for (int taken = 0; taken < count; ++taken) {
      const double share = static_cast<double>(confusion.at(row, static_cast<std::size_t>(taken))) / rows;
      const Colour colour = sequentialColour(share);
      const cv::Rect cell(left + taken * kMatrixCell.width, y, kMatrixCell.width - 1, kMatrixCell.height - 1);
      picture(cell).setTo(scalar(colour));
      drawCentred(picture, cell, fixed(kPercent * share, 1),
                  readableOn(colour) == "#ffffff" ? kPicturePaper : kPictureInk);
    }
  }
  return image::png(picture);
}

}  // namespace fer::report
