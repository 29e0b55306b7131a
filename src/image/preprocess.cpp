#include "fer/image/preprocess.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>
#include <stdexcept>

#include "fer/image/planes.hpp"
#include "fer/image/resize.hpp"

namespace fer::image {
namespace {

/// Detectors' boxes reach a little beyond the edge; what is far larger is a mistake, and would take memory.
void requireSensible(const cv::Rect& face, const cv::Mat& picture) {
  constexpr int kMost = 4;
  const cv::Rect within = face & cv::Rect({}, picture.size());
  if (within.empty()) throw std::invalid_argument("image::preprocess: the face lies outside of the picture");
  if (face.width / kMost > picture.cols || face.height / kMost > picture.rows)
    throw std::invalid_argument("image::preprocess: the face is larger than its picture");
}

/// A piece of a picture, whose edge pixels go on beyond it.
cv::Mat pieceOf(const cv::Mat& picture, const cv::Rect& piece) {
  const cv::Rect within = piece & cv::Rect({}, picture.size());
  if (within == piece) return picture(piece);
  cv::Mat result;
  cv::copyMakeBorder(picture(within), result, within.y - piece.y, piece.br().y - within.br().y, within.x - piece.x,
                     piece.br().x - within.br().x, cv::BORDER_REPLICATE | cv::BORDER_ISOLATED);
  return result;
}

}  // namespace

cv::Rect cutAbout(const cv::Rect& face, const data::Preprocess& how) {
  const double margins = 2 * how.margin * std::max(face.width, face.height);
  const double proportion = static_cast<double>(how.input.width) / how.input.height;
  const double height = std::max(face.height + margins, (face.width + margins) / proportion);
  const cv::Size size(static_cast<int>(std::lround(height * proportion)), static_cast<int>(std::lround(height)));
  // Where a pixel cannot be shared evenly, the right and the lower side get more.
  return {face.x + static_cast<int>(std::floor((face.width - size.width) / 2.0)),
          face.y + static_cast<int>(std::floor((face.height - size.height) / 2.0)), std::max(1, size.width),
          std::max(1, size.height)};
}

std::vector<std::uint8_t> preprocess(const data::Preprocess& how, const cv::Mat& picture,
                                     const std::optional<cv::Rect>& face) {
  if (picture.empty() || picture.depth() != CV_8U)
    throw std::invalid_argument("image::preprocess: a picture of 8 bit is needed");
  cv::Mat piece = picture;
  if (face) {
    requireSensible(*face, picture);
    piece = pieceOf(picture, cutAbout(*face, how));
  }
  return planesOf(resized(withChannels(piece, how.input.channels), {how.input.width, how.input.height}));
}

}  // namespace fer::image
