#include "vision/haar.hpp"

#include <opencv2/objdetect.hpp>

#include "fer/core/error.hpp"
#include "fer/image/planes.hpp"
#include "vision/detector_file.hpp"
#include "vision/picture.hpp"

namespace fer::vision {
namespace {

// The original project's.
constexpr double kScaleFactor = 1.3;
constexpr int kNeighbours = 5;

class Haar : public Detector {
 public:
  Haar(const cv::CascadeClassifier& cascade, int longest_side) : cascade_(cascade), longest_side_(longest_side) {}

  std::string name() const override { return "haar"; }

  std::vector<Face> detect(const cv::Mat& picture) override {
    requirePicture(picture);
    const cv::Mat grey = image::withChannels(shrunk(picture, longest_side_), 1);
    std::vector<cv::Rect> found;
    cascade_.detectMultiScale(grey, found, kScaleFactor, kNeighbours);
    const cv::Size2f pixel = pixelSize(grey, picture);
    std::vector<Face> faces;
    for (const cv::Rect2f box : found)
      if (const auto on =
              onPicture({box.x * pixel.width, box.y * pixel.height, box.width * pixel.width, box.height * pixel.height},
                        picture.size()))
        faces.push_back({*on, std::nullopt, std::nullopt});
    sortBySize(faces);
    return faces;
  }

 private:
  cv::CascadeClassifier cascade_;
  int longest_side_;
};

}  // namespace

std::unique_ptr<Detector> makeHaar(const DetectorOptions& options) {
  if (options.min_score)
    throw usageError(
        "the detector haar gives no scores, so none can be asked for. Take yunet, or leave the score out.");
  const std::filesystem::path file = options.file.empty() ? haarFile() : options.file;
  const std::string text = readDetectorFile(file);
  cv::CascadeClassifier cascade;
  try {
    const cv::FileStorage stored(text, cv::FileStorage::READ | cv::FileStorage::MEMORY);
    if (!cascade.read(stored.getFirstTopLevelNode())) cascade.load(file.string());  // converts cascades of OpenCV 1
  } catch (const cv::Exception&) {  // no XML, or no cascade: empty as well
  }
  if (cascade.empty())
    throw dataError(file.string() +
                    ": not a cascade of OpenCV's. Give haarcascade_frontalface_default.xml of opencv-data.");
  return std::make_unique<Haar>(cascade, options.longest_side);
}

}  // namespace fer::vision
