#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "fer/vision/box.hpp"
#include "fer/vision/detector.hpp"

namespace fer::vision {

/// Throws std::invalid_argument unless it is 8 bit, of 1 or 3 channels, and not empty.
void requirePicture(const cv::Mat& picture);

/// The picture itself, or a smaller copy whose longest side is `longest_side`; no side is shorter than a pixel.
cv::Mat shrunk(const cv::Mat& picture, int longest_side);

/// Size of one pixel of `smaller` in pixels of `picture`.
cv::Size2f pixelSize(const cv::Mat& smaller, const cv::Mat& picture);

/// The order that Detector::detect promises.
void sortBySize(std::vector<Face>& faces);

}  // namespace fer::vision
