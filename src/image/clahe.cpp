#include "fer/image/clahe.hpp"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <stdexcept>

namespace fer::image {

cv::Mat clahe(const cv::Mat& picture, double clip_limit, int tiles) {
  if (picture.empty() || (picture.type() != CV_8UC1 && picture.type() != CV_8UC3))
    throw std::invalid_argument("clahe: a picture of 8 bit and 1 or 3 channels is needed");
  const cv::Ptr<cv::CLAHE> equaliser = cv::createCLAHE(clip_limit, {tiles, tiles});
  cv::Mat result;
  if (picture.channels() == 1) {
    equaliser->apply(picture, result);
    return result;
  }
  cv::Mat lab;
  cv::Mat lightness;
  cv::cvtColor(picture, lab, cv::COLOR_BGR2Lab);
  cv::extractChannel(lab, lightness, 0);
  equaliser->apply(lightness, result);
  cv::insertChannel(result, lab, 0);
  cv::cvtColor(lab, result, cv::COLOR_Lab2BGR);
  return result;
}

}  // namespace fer::image
