#include "fer/image/planes.hpp"

#include <array>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <stdexcept>

namespace fer::image {
namespace {

constexpr int kColours = 3;

/// OpenCV's order is blue, green, red.
int channelOf(int plane, int channels) {
  return channels - 1 - plane;
}

}  // namespace

cv::Mat withChannels(const cv::Mat& picture, int channels) {
  const auto known = [](int count) { return count == 1 || count == kColours; };
  if (!known(channels) || !known(picture.channels()))
    throw std::invalid_argument("withChannels: pictures have 1 or 3 channels");
  if (picture.channels() == channels) return picture;
  cv::Mat result;
  cv::cvtColor(picture, result, channels == 1 ? cv::COLOR_BGR2GRAY : cv::COLOR_GRAY2BGR);
  return result;
}

std::vector<std::uint8_t> planesOf(const cv::Mat& picture) {
  if (picture.type() != CV_8UC1 && picture.type() != CV_8UC3)
    throw std::invalid_argument("planesOf: a picture of 8 bit and 1 or 3 channels has planes, no other");
  std::vector<std::uint8_t> planes(picture.total() * static_cast<std::size_t>(picture.channels()));
  for (int i = 0; i < picture.channels(); ++i) {
    cv::Mat plane(picture.size(), CV_8UC1, planes.data() + static_cast<std::size_t>(i) * picture.total());
    cv::extractChannel(picture, plane, channelOf(i, picture.channels()));
  }
  return planes;
}

cv::Mat pictureOf(std::span<const std::uint8_t> planes, const ImageShape& shape) {
  if (planes.size() != shape.size() || (shape.channels != 1 && shape.channels != kColours))
    throw std::invalid_argument("pictureOf: the bytes do not fill the picture");
  cv::Mat picture(shape.height, shape.width, CV_8UC(shape.channels));
  for (int i = 0; i < shape.channels; ++i) {
    const auto bytes = planes.subspan(static_cast<std::size_t>(i) * picture.total(), picture.total());
    // OpenCV only reads it. NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast)
    const cv::Mat plane(picture.size(), CV_8UC1, const_cast<std::uint8_t*>(bytes.data()));
    cv::insertChannel(plane, picture, channelOf(i, shape.channels));
  }
  return picture;
}

}  // namespace fer::image
