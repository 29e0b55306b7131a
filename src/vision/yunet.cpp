#include "vision/yunet.hpp"

#include <algorithm>
#include <opencv2/dnn.hpp>
#include <opencv2/imgproc.hpp>
#include <stdexcept>

#include "fer/core/error.hpp"
#include "fer/image/planes.hpp"
#include "fer/image/quiet_opencv.hpp"
#include "vision/detector_file.hpp"
#include "vision/picture.hpp"
#include "vision/yunet_decode.hpp"

namespace fer::vision {
namespace {

constexpr int kStrides[] = {8, 16, 32};
constexpr int kCoarsest = 32;  // sides are padded to a multiple of the largest stride
constexpr int kFirstSide = 640;

/// Black to the right and below, up to whole cells.
cv::Mat padded(const cv::Mat& picture) {
  const auto missing = [](int side) { return (kCoarsest - side % kCoarsest) % kCoarsest; };
  cv::Mat whole;
  cv::copyMakeBorder(picture, whole, 0, missing(picture.rows), 0, missing(picture.cols), cv::BORDER_CONSTANT);
  return whole;
}

std::span<const float> numbersOf(const cv::Mat& output) {
  if (output.type() != CV_32F || !output.isContinuous()) throw std::invalid_argument("YuNet: an output without floats");
  return {output.ptr<float>(), output.total()};
}

YunetFace scaled(YunetFace face, cv::Size2f pixel) {
  face.box = {face.box.x * pixel.width, face.box.y * pixel.height, face.box.width * pixel.width,
              face.box.height * pixel.height};
  for (cv::Point2f& point : face.landmarks) point = {point.x * pixel.width, point.y * pixel.height};
  return face;
}

class Yunet : public Detector {
 public:
  Yunet(const cv::dnn::Net& net, float min_score, int longest_side)
      : net_(net), min_score_(min_score), longest_side_(longest_side) {}

  std::string name() const override { return "yunet"; }

  std::vector<Face> detect(const cv::Mat& picture) override {
    requirePicture(picture);
    std::vector<YunetFace> found = look(picture, std::min(kFirstSide, longest_side_));
    if (longest_side_ > kFirstSide && std::max(picture.cols, picture.rows) > kFirstSide) {
      const std::vector<YunetFace> small = look(picture, longest_side_);
      found.insert(found.end(), small.begin(), small.end());
    }
    std::vector<Face> faces;
    for (const YunetFace& face : withoutOverlaps(found))
      if (const auto box = onPicture(face.box, picture.size())) faces.push_back({*box, face.score, face.landmarks});
    sortBySize(faces);
    return faces;
  }

 private:
  /// The cells of the picture, shrunk to a side, that are faces: many a face, in pixels of the picture.
  std::vector<YunetFace> look(const cv::Mat& picture, int longest_side) {
    const cv::Mat smaller = shrunk(picture, longest_side);
    const cv::Size2f pixel = pixelSize(smaller, picture);
    const cv::Mat seen = padded(image::withChannels(smaller, 3));
    net_.setInput(cv::dnn::blobFromImage(seen));
    std::vector<YunetFace> faces;
    std::vector<cv::Mat> outputs;
    net_.forward(outputs, outputNames());
    for (std::size_t i = 0; i < std::size(kStrides); ++i) {
      const auto numbers = [&](std::size_t kind) { return numbersOf(outputs[kind * std::size(kStrides) + i]); };
      const int stride = kStrides[i];
      const YunetLevel level{stride,     seen.rows / stride, seen.cols / stride, numbers(0),
                             numbers(1), numbers(2),         numbers(3)};
      for (const YunetFace& face : decodeYunet(level, min_score_)) faces.push_back(scaled(face, pixel));
    }
    return faces;
  }

  static const std::vector<cv::String>& outputNames() {
    static const std::vector<cv::String> kNames = {"cls_8",  "cls_16",  "cls_32",  "obj_8", "obj_16", "obj_32",
                                                   "bbox_8", "bbox_16", "bbox_32", "kps_8", "kps_16", "kps_32"};
    return kNames;
  }

  cv::dnn::Net net_;
  float min_score_;
  int longest_side_;
};

}  // namespace

std::unique_ptr<Detector> makeYunet(const DetectorOptions& options) {
  const std::filesystem::path file = options.file.empty() ? yunetFile() : options.file;
  if (file.empty()) throw dataError("the detector yunet is not here. Get it with tools/get-detector, or take haar.");
  const float min_score = options.min_score.value_or(kMinScore);
  if (!(min_score >= 0 && min_score <= 1))
    throw usageError("the least score of a face: expected a number from 0 to 1, found " + std::to_string(min_score));
  const std::string bytes = readDetectorFile(file);
  const image::QuietOpenCv quiet;  // about a network that is not YuNet
  try {
    auto yunet =
        std::make_unique<Yunet>(cv::dnn::readNetFromONNX(bytes.data(), bytes.size()), min_score, options.longest_side);
    yunet->detect(cv::Mat::zeros(kCoarsest, kCoarsest, CV_8UC3));  // another network fails here
    return yunet;
  } catch (const std::exception&) {  // OpenCV's, or an output of another shape
    throw dataError(file.string() + ": not YuNet as published in March 2023. Get it with tools/get-detector.");
  }
}

}  // namespace fer::vision
