// Any bytes are either a picture within the limits, or an Error (bad data) that names the file.
#include <opencv2/core.hpp>
#include <string>

#include "fer/core/error.hpp"
#include "fer/image/decode.hpp"
#include "fuzz/driver.hpp"
#include "support/made_pictures.hpp"

namespace {

constexpr std::size_t kMostPixels = 100'000;

cv::Mat slope() {
  cv::Mat picture(17, 23, CV_8UC3);
  for (int y = 0; y < picture.rows; ++y)
    for (int x = 0; x < picture.cols; ++x)
      picture.at<cv::Vec3b>(y, x) = cv::Vec3b(static_cast<std::uint8_t>(10 * x), static_cast<std::uint8_t>(14 * y),
                                              static_cast<std::uint8_t>(x * y));
  return picture;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace fer;
  try {
    const cv::Mat picture = image::decode({bytes, size}, "face.jpg", {.bytes = 1 << 20, .pixels = kMostPixels});
    fuzz::require(picture.type() == CV_8UC1 || picture.type() == CV_8UC3, "a picture of another kind");
    fuzz::require(!picture.empty() && picture.total() <= kMostPixels, "a picture beyond the limits");
  } catch (const Error& error) {
    fuzz::requireDataError(error, "face.jpg: ");
  }
  return 0;
}

std::vector<std::string> fer::fuzz::seeds() {
  using namespace fer::test;
  const cv::Mat colour = slope();
  cv::Mat grey;
  cv::extractChannel(colour, grey, 1);
  cv::Mat deep;
  grey.convertTo(deep, CV_16U, 257);
  const cv::Mat transparent(5, 4, CV_8UC4, cv::Scalar(1, 2, 3, 100));
  const std::vector<std::string> files = {
      encodedAs(".png", colour),
      encodedAs(".png", deep),
      encodedAs(".png", transparent),
      pngOf(3, 1, 4, std::string("\0\x64\xFF\x64\0\x64\x33", 7)),
      pngWithExif(encodedAs(".png", grey), exifBlock(6)),
      encodedAs(".jpg", grey),
      encodedAs(".jpg", colour, {cv::IMWRITE_JPEG_PROGRESSIVE, 1}),
      withExif(encodedAs(".jpg", colour), exifBlock(8, false)),
      encodedAs(".bmp", colour),
      encodedAs(".bmp", grey),
      encodedAs(".webp", colour),
      encodedAs(".webp", transparent, {cv::IMWRITE_WEBP_QUALITY, 101}),
      webpWithExif(encodedAs(".webp", colour), exifBlock(5), colour.size()),
  };
  for (const std::string& file : files) image::decode(bytesOf(file), "seed");  // all are pictures
  return files;
}
