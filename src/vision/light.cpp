#include "fer/vision/light.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "fer/image/planes.hpp"
#include "fer/image/resize.hpp"
#include "vision/picture.hpp"

namespace fer::vision {
namespace {

constexpr int kLightSide = 48;

double varianceOf(const cv::Mat& levels) {
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(levels, mean, deviation);
  return deviation[0] * deviation[0];
}

/// Variance of the Laplacian over that of the levels, both smoothed by 1/4, 1/2, 1/4 along each axis: noise, which is
/// finer than what a face is told by, makes no blurred picture sharp.
double sharpnessOf(const cv::Mat& grey) {
  cv::Mat levels;
  image::resized(grey, {kLightSide, kLightSide}).convertTo(levels, CV_32F);
  cv::GaussianBlur(levels, levels, {3, 3}, 0);
  cv::Mat edges;
  cv::Laplacian(levels, edges, CV_32F);
  constexpr double kLeastVariance = 1;  // what rounding gives a face of one grey
  return varianceOf(edges) / std::max(varianceOf(levels), kLeastVariance);
}

}  // namespace

Light lightOf(const cv::Mat& face) {
  requirePicture(face);
  const cv::Mat grey = image::withChannels(face, 1);
  Light light{cv::mean(grey)[0], sharpnessOf(grey)};
  light.low_light = light.brightness < kLowLight;
  light.blurred = light.sharpness < kBlurred;
  return light;
}

}  // namespace fer::vision
