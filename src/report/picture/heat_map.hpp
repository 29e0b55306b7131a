#pragma once

#include <opencv2/core/mat.hpp>
#include <span>

namespace fer::report {

/// A picture, in grey, under a map of values from 0 to 1, a value a pixel: half grey, half "inferno". Throws
/// std::invalid_argument where the sizes differ.
cv::Mat underHeat(const cv::Mat& picture, std::span<const float> heat);

}  // namespace fer::report
