#pragma once

#include <opencv2/core/mat.hpp>

namespace fer::vision {

/// How well a face can be seen.
struct Light {
  double brightness = 0;   ///< 0..255, the mean of the grey crop
  double sharpness = 0;    ///< >= 0, no unit; neither size, brightness nor contrast change it much
  bool low_light = false;  ///< brightness is below kLowLight
  bool blurred = false;    ///< sharpness is below kBlurred
};

constexpr double kLowLight = 30;
constexpr double kBlurred = 0.03;

/// Of a face's crop: 8 bit, 1 channel (grey) or 3 (blue, green, red), of any size. Throws std::invalid_argument for
/// another type or an empty picture. Any number of threads at once.
Light lightOf(const cv::Mat& face);

}  // namespace fer::vision
