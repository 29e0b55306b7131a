#include "fer/image/resize.hpp"

#include <opencv2/imgproc.hpp>
#include <stdexcept>

namespace fer::image {

cv::Mat resized(const cv::Mat& picture, const cv::Size& size) {
  if (picture.empty() || size.empty()) throw std::invalid_argument("resized: no pixels");
  if (picture.size() == size) return picture;
  const bool grows = size.width > picture.cols || size.height > picture.rows;
  cv::Mat result;
  cv::resize(picture, result, size, 0, 0, grows ? cv::INTER_LINEAR : cv::INTER_AREA);
  return result;
}

}  // namespace fer::image
