#pragma once

#include <cstdint>
#include <opencv2/core/mat.hpp>
#include <span>
#include <vector>

#include "fer/core/image_shape.hpp"

namespace fer::image {

/// Grey from colour by ITU-R BT.601, colour of three equal channels from grey; a picture that has so many channels
/// already is returned as it is, its pixels shared. `channels` is 1 or 3. Throws std::invalid_argument for another
/// number, of either.
cv::Mat withChannels(const cv::Mat& picture, int channels);

/// A picture's bytes as datasets hold them, C x H x W: grey, or red, green, blue. Throws std::invalid_argument where it
/// is not of 8 bit and 1 or 3 channels.
std::vector<std::uint8_t> planesOf(const cv::Mat& picture);

/// The reverse. Throws std::invalid_argument where the bytes do not fill the shape.
cv::Mat pictureOf(std::span<const std::uint8_t> planes, const ImageShape& shape);

}  // namespace fer::image
