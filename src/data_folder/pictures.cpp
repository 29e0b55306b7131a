#include "fer/data_folder/pictures.hpp"

#include <algorithm>
#include <cstddef>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "fer/image/decode.hpp"
#include "fer/image/encode.hpp"

namespace fer::data {
namespace {

constexpr int kColours = 3;

cv::Mat inChannels(const cv::Mat& picture, int channels) {
  if (picture.channels() == channels) return picture;
  cv::Mat converted;
  cv::cvtColor(picture, converted, channels == 1 ? cv::COLOR_BGR2GRAY : cv::COLOR_GRAY2BGR);
  return converted;
}

cv::Mat inSize(const cv::Mat& picture, cv::Size size) {
  if (picture.size() == size) return picture;
  const bool shrinks = picture.cols >= size.width && picture.rows >= size.height;
  cv::Mat resized;
  cv::resize(picture, resized, size, 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
  return resized;
}

}  // namespace

bool readPictureInto(const std::filesystem::path& file, ImageShape shape, std::span<std::uint8_t> pixels) {
  const cv::Mat whole = image::readPicture(file);
  const cv::Mat picture = inSize(inChannels(whole, shape.channels), {shape.width, shape.height});
  const std::size_t plane = pixels.size() / static_cast<std::size_t>(shape.channels);
  for (int y = 0; y < picture.rows; ++y) {
    const std::uint8_t* from = picture.ptr<std::uint8_t>(y);
    std::uint8_t* to = pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(shape.width);
    if (shape.channels == 1) std::copy_n(from, shape.width, to);
    if (shape.channels == 1) continue;
    for (int x = 0; x < picture.cols; ++x, ++to)  // blue, green, red to a plane each, red first
      for (std::size_t c = 0; c < kColours; ++c) to[(kColours - 1 - c) * plane] = *from++;
  }
  return whole.size() != picture.size();
}

std::string pngOf(std::span<const std::uint8_t> pixels, ImageShape shape) {
  cv::Mat picture(shape.height, shape.width, shape.channels == 1 ? CV_8UC1 : CV_8UC3);
  const std::size_t plane = pixels.size() / static_cast<std::size_t>(shape.channels);
  for (int y = 0; y < shape.height; ++y) {
    const std::uint8_t* from = pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(shape.width);
    std::uint8_t* to = picture.ptr<std::uint8_t>(y);
    if (shape.channels == 1) std::copy_n(from, shape.width, to);
    if (shape.channels == 1) continue;
    for (int x = 0; x < shape.width; ++x, ++from)
      for (std::size_t c = 0; c < kColours; ++c) *to++ = from[(kColours - 1 - c) * plane];
  }
  return image::png(picture);
}

}  // namespace fer::data
