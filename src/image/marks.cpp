#include "fer/image/marks.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "fer/image/text.hpp"

namespace fer::image {
namespace {

const cv::Scalar kBlack(0, 0, 0);
const cv::Scalar kWhite(255, 255, 255);

}  // namespace

Pen::Pen(cv::Size picture)
    : letters(std::max(10, std::max(picture.width, picture.height) / 60)),
      line(std::max(1, letters / 6)),
      margin(std::max(3, letters / 3)) {}

int Pen::labelHeight() const {
  return lineHeight(letters) + 2 * margin;
}

void drawLabel(cv::Mat& picture, const Pen& pen, cv::Point corner, const std::string& label) {
  const std::string text = cutToWidth(label, pen.letters, std::max(1, picture.cols - 2 * pen.margin));
  const cv::Size size(textWidth(text, pen.letters) + 2 * pen.margin, pen.labelHeight());
  corner.x = std::clamp(corner.x, 0, std::max(0, picture.cols - size.width));
  corner.y = std::clamp(corner.y, 0, std::max(0, picture.rows - size.height));
  cv::rectangle(picture, {corner, size}, kBlack, cv::FILLED);
  drawText(picture, corner + cv::Point(pen.margin, pen.margin), text, pen.letters, kWhite);
}

void markBox(cv::Mat& picture, const Pen& pen, const cv::Rect& box, const std::string& label) {
  for (int i = 0; i < pen.line; ++i) {
    const cv::Point dark(i + 1, i + 1);
    const cv::Point light(i, i);
    cv::rectangle(picture, box.tl() - dark, box.br() + dark - cv::Point(1, 1), kBlack);
    cv::rectangle(picture, box.tl() + light, box.br() - light - cv::Point(1, 1), kWhite);
  }
  drawLabel(picture, pen, {box.x - pen.line, box.y - pen.line - pen.labelHeight()}, label);
}

}  // namespace fer::image
