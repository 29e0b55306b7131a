#include "fer/image/encode.hpp"

#include <opencv2/imgcodecs.hpp>
#include <stdexcept>
#include <vector>

#include "fer/core/error.hpp"

namespace fer::image {
namespace {

std::string encoded(const cv::Mat& picture, const std::string& ending, const std::vector<int>& parameters) {
  if (picture.empty() || (picture.type() != CV_8UC1 && picture.type() != CV_8UC3))
    throw std::invalid_argument("a picture of 8 bit and 1 or 3 channels can be encoded, no other");
  std::vector<std::uint8_t> bytes;
  std::string why = "its encoder failed";
  try {
    if (cv::imencode(ending, picture, bytes, parameters)) return {bytes.begin(), bytes.end()};
  } catch (const cv::Exception& error) {
    why = error.err;
  }
  throw Error(Fault::kOther, "OpenCV cannot write a picture of " + std::to_string(picture.cols) + " x " +
                                 std::to_string(picture.rows) + " pixels as " + ending.substr(1) + ": " + why);
}

std::string ofQuality(const cv::Mat& picture, const std::string& ending, cv::ImwriteFlags flag, int quality) {
  constexpr int kBest = 100;
  if (quality < 1 || quality > kBest) throw std::invalid_argument("a picture's quality is 1 to 100");
  return encoded(picture, ending, {flag, quality});
}

}  // namespace

std::string png(const cv::Mat& picture) {
  // OpenCV's own choice is quick and makes files of five times the size.
  constexpr int kUsualLevel = 6;
  return encoded(
      picture, ".png",
      {cv::IMWRITE_PNG_COMPRESSION, kUsualLevel, cv::IMWRITE_PNG_STRATEGY, cv::IMWRITE_PNG_STRATEGY_DEFAULT});
}

std::string jpeg(const cv::Mat& picture, int quality) {
  return ofQuality(picture, ".jpg", cv::IMWRITE_JPEG_QUALITY, quality);
}

std::string webp(const cv::Mat& picture, int quality) {
  return ofQuality(picture, ".webp", cv::IMWRITE_WEBP_QUALITY, quality);
}

}  // namespace fer::image
