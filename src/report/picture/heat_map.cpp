#include "report/picture/heat_map.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <stdexcept>

#include "fer/image/planes.hpp"

namespace fer::report {

cv::Mat underHeat(const cv::Mat& picture, std::span<const float> heat) {
  constexpr double kWhite = 255;
  constexpr double kHalf = 0.5;
  if (heat.size() != picture.total()) throw std::invalid_argument("underHeat: map and picture differ in size");
  cv::Mat values(picture.size(), CV_32FC1);
  std::copy(heat.begin(), heat.end(), values.begin<float>());
  cv::Mat map;
  values.convertTo(map, CV_8U, kWhite);
  cv::applyColorMap(map, map, cv::COLORMAP_INFERNO);
  cv::Mat result;
  cv::addWeighted(image::withChannels(image::withChannels(picture, 1), 3), kHalf, map, kHalf, 0, result);
  return result;
}

}  // namespace fer::report
