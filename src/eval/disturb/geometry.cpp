// Disturbances that read pixels from elsewhere in the image: OpenCV's.
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "fer/eval/disturb/disturb.hpp"
#include "fer/image/planes.hpp"

namespace fer::eval {
namespace {

/// The image moved by a 2 x 3 matrix, as OpenCV has it: from where a pixel was to where it comes.
Pixels moved(const Face& face, const cv::Mat& matrix, int interpolation) {
  const cv::Mat picture = image::pictureOf(face.pixels, face.shape);
  cv::Mat result;
  cv::warpAffine(picture, result, matrix, picture.size(), interpolation, cv::BORDER_REPLICATE);
  return image::planesOf(result);
}

}  // namespace

Pixels blurred(const Face& face, double sigma) {
  if (sigma <= 0) return {face.pixels.begin(), face.pixels.end()};
  const int side = 2 * static_cast<int>(std::lround(3 * sigma)) + 1;
  cv::Mat levels;
  image::pictureOf(face.pixels, face.shape).convertTo(levels, CV_32F);  // rounded once, at the end
  cv::GaussianBlur(levels, levels, {side, side}, sigma, sigma, cv::BORDER_REPLICATE);
  cv::Mat result;
  levels.convertTo(result, CV_8U);
  return image::planesOf(result);
}

Pixels rotated(const Face& face, double degrees) {
  const cv::Point2f middle(static_cast<float>(face.shape.width - 1) / 2, static_cast<float>(face.shape.height - 1) / 2);
  return moved(face, cv::getRotationMatrix2D(middle, degrees, 1), cv::INTER_LINEAR);
}

Pixels shifted(const Face& face, double pixels) {
  const double by = std::round(pixels);
  return moved(face, (cv::Mat_<double>(2, 3) << 1, 0, by, 0, 1, by), cv::INTER_NEAREST);
}

}  // namespace fer::eval
