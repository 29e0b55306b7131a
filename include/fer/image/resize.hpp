#pragma once

#include <opencv2/core/mat.hpp>

namespace fer::image {

/// The picture stretched to another size: each pixel the mean of the area that it covers where neither side grows
/// (OpenCV's INTER_AREA), else bilinear, the centres of pixels being at halves (INTER_LINEAR). One of that size already
/// is returned as it is, its pixels shared. Throws std::invalid_argument for an empty picture or size.
cv::Mat resized(const cv::Mat& picture, const cv::Size& size);

}  // namespace fer::image
