#pragma once

#include <opencv2/core/mat.hpp>

namespace fer::image {

/// OpenCV's contrast-limited adaptive histogram equalisation in `tiles` x `tiles` tiles: of a grey picture, or of a
/// colour one's lightness (L of CIE Lab, 8 bit), its hues left as they are. Where the tiles do not divide the picture,
/// OpenCV mirrors its right and lower edge. Throws std::invalid_argument where the picture is empty, not of 8 bit, or
/// has neither 1 nor 3 channels. Any number of threads at once.
cv::Mat clahe(const cv::Mat& picture, double clip_limit, int tiles);

}  // namespace fer::image
