#include "app/predict/annotate.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "fer/core/text/numbers.hpp"
#include "fer/image/marks.hpp"
#include "fer/image/planes.hpp"
#include "fer/image/resize.hpp"

namespace fer::app {
namespace {

std::string labelOf(const RecognisedFace& face, const std::vector<std::string>& classes) {
  constexpr double kPerCent = 100;
  const std::size_t index = mostProbable(face.probabilities, 1).front();
  return classes[index] + " " + fixed(kPerCent * face.probabilities[index], 0) + " %";
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
  const image::Pen pen(canvas.size());
  for (const RecognisedFace& face : faces) {
    if (face.found) {
      const cv::Rect box(face.found->box.tl() * times, face.found->box.size() * times);
      image::markBox(canvas, pen, box, labelOf(face, classes));
    } else {
      cv::copyMakeBorder(canvas, canvas, 0, pen.labelHeight(), 0, 0, cv::BORDER_CONSTANT, cv::Scalar(0, 0, 0));
      image::drawLabel(canvas, pen, {0, canvas.rows}, labelOf(face, classes));
    }
  }
  return canvas;
}

}  // namespace fer::app
