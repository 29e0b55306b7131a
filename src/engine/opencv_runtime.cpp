#include <array>
#include <opencv2/core/utility.hpp>
#include <opencv2/dnn.hpp>
#include <utility>

#include "engine/runtime.hpp"
#include "fer/core/error.hpp"
#include "fer/image/quiet_opencv.hpp"
#include "fer/weights/onnx/widen.hpp"

namespace fer::engine {
namespace {

Error refused(const std::string& origin, const cv::Exception& error) {
  return dataError(origin + ": OpenCV " + CV_VERSION + " cannot run this model (" + error.err +
                   "). Export it again with fer-export --format onnx.");
}

class OpenCvRuntime : public Runtime {
 public:
  OpenCvRuntime(const ModelFile& file, int threads) : origin_(file.origin), input_(file.input), threads_(threads) {
    const image::QuietOpenCv quiet;
    try {
      // OpenCV 4.6 reads no float16.
      const std::string widened = file.has_half ? weights::widenedOnnx(file.bytes, origin_) : "";
      const std::string& bytes = file.has_half ? widened : file.bytes;
      network_ = cv::dnn::readNetFromONNX(bytes.data(), bytes.size());
      network_.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
      network_.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
    } catch (const cv::Exception& error) {
      throw refused(origin_, error);
    }
  }

  std::vector<float> run(std::span<float> images, std::size_t count) override {
    if (cv::getNumThreads() != threads_) cv::setNumThreads(threads_);
    const std::array shape{static_cast<int>(count), input_.channels, input_.height, input_.width};
    const image::QuietOpenCv quiet;
    try {
      network_.setInput(cv::Mat(static_cast<int>(shape.size()), shape.data(), CV_32F, images.data()));
      const cv::Mat found = network_.forward();
      if (found.type() != CV_32F || !found.isContinuous()) return {};
      const auto* const first = found.ptr<float>();
      return {first, first + found.total()};
    } catch (const cv::Exception& error) {
      throw refused(origin_, error);
    }
  }

 private:
  std::string origin_;
  ImageShape input_;
  int threads_;
  cv::dnn::Net network_;
};

}  // namespace

std::unique_ptr<Runtime> openCvRuntime(const ModelFile& file, int threads) {
  return std::make_unique<OpenCvRuntime>(file, threads);
}

}  // namespace fer::engine
