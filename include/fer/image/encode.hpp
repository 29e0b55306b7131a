#pragma once

#include <opencv2/core/mat.hpp>
#include <string>

namespace fer::image {

constexpr int kJpegQuality = 90;
constexpr int kWebpQuality = 80;

/// The bytes of a file, of a picture of 8 bit and 1 channel or 3 (blue, green, red). Qualities are 1 to 100; a WebP
/// file of quality 100 is still lossy. Throws std::invalid_argument for another kind of picture, an empty one, or
/// another quality; Error where OpenCV was built without the format, or the format cannot hold a picture that large.
std::string png(const cv::Mat& picture);
std::string jpeg(const cv::Mat& picture, int quality = kJpegQuality);
std::string webp(const cv::Mat& picture, int quality = kWebpQuality);

}  // namespace fer::image
