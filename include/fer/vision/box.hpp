#pragma once

#include <opencv2/core/types.hpp>
#include <optional>

namespace fer::vision {

/// The whole pixels nearest to a box, cut at the picture's edges; nothing where none are left.
std::optional<cv::Rect> onPicture(const cv::Rect2f& box, cv::Size picture);

}  // namespace fer::vision
