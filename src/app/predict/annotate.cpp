#include "app/predict/annotate.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "fer/core/text/numbers.hpp"
#include "fer/image/planes.hpp"
#include "fer/image/resize.hpp"
#include "fer/image/text.hpp"

namespace fer::app {
namespace {

const cv::Scalar kBlack(0, 0, 0);
const cv::Scalar kWhite(255, 255, 255);

/// What grows with the picture, in pixels.
struct Pen {
  int letters;  ///< height of capitals
  int line;     ///< of a frame: half of it dark, half light
  int margin;   ///< about a label's text

  explicit Pen(const cv::Mat& picture)
      : letters(std::max(10, std::max(picture.cols, picture.rows) / 60)),
        line(std::max(1, letters / 6)),
        margin(std::max(3, letters / 3)) {}
  int labelHeight() const { return image::lineHeight(letters) + 2 * margin; }
};

std::string labelOf(const RecognisedFace& face, const std::vector<std::string>& classes) {
  constexpr double kPerCent = 100;
  const std::size_t index = mostProbable(face.probabilities, 1).front();
  return classes[index] + " " + fixed(kPerCent * face.probabilities[index], 0) + " %";
}

/// White upon black, the upper left corner as near to `corner` as the picture allows.
void drawLabel(cv::Mat& picture, const Pen& pen, cv::Point corner, const std::string& label) {
  const std::string text = image::cutToWidth(label, pen.letters, std::max(1, picture.cols - 2 * pen.margin));
  const cv::Size size(image::textWidth(text, pen.letters) + 2 * pen.margin, pen.labelHeight());
  corner.x = std::clamp(corner.x, 0, std::max(0, picture.cols - size.width));
  corner.y = std::clamp(corner.y, 0, std::max(0, picture.rows - size.height));
  cv::rectangle(picture, {corner, size}, kBlack, cv::FILLED);
  image::drawText(picture, corner + cv::Point(pen.margin, pen.margin), text, pen.letters, kWhite);
}

/// Dark without, light within: one of both is seen on whatever lies behind.
void drawFrame(cv::Mat& picture, const Pen& pen, const cv::Rect& box) {
  for (int i = 0; i < pen.line; ++i) {
    const cv::Point dark(i + 1, i + 1);
    const cv::Point light(i, i);
    cv::rectangle(picture, box.tl() - dark, box.br() + dark - cv::Point(1, 1), kBlack);
    cv::rectangle(picture, box.tl() + light, box.br() - light - cv::Point(1, 1), kWhite);
  }
}

/// So often a side is multiplied that a label fits.
int enlargement(const cv::Mat& picture) {
  constexpr int kReadable = 240;  // pixels
  const int longest = std::max(picture.cols, picture.rows);
  return (kReadable + longest - 1) / longest;
}

}  // namespace

cv::Mat annotated(const cv::Mat& picture, const std::vector<RecognisedFace>& faces,
                  const std::vector<std::string>& classes) {
  const int times = enlargement(picture);
  cv::Mat canvas = image::resized(image::withChannels(picture, 3), picture.size() * times).clone();
  const Pen pen(canvas);
  for (const RecognisedFace& face : faces) {
    if (face.found) {
      const cv::Rect box(face.found->box.tl() * times, face.found->box.size() * times);
      drawFrame(canvas, pen, box);
      drawLabel(canvas, pen, {box.x - pen.line, box.y - pen.line - pen.labelHeight()}, labelOf(face, classes));
    } else {
      cv::copyMakeBorder(canvas, canvas, 0, pen.labelHeight(), 0, 0, cv::BORDER_CONSTANT, kBlack);
      drawLabel(canvas, pen, {0, canvas.rows}, labelOf(face, classes));
    }
  }
  return canvas;
}

}  // namespace fer::app
