#include "vision/detector_file.hpp"

#include <cstdlib>

#include "fer/core/config/shipped_model.hpp"
#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"

namespace fer::vision {

namespace fs = std::filesystem;

fs::path haarFile() {
  const std::string name = "haarcascade_frontalface_default.xml";
  const std::string of_opencv = "share/opencv4/haarcascades/" + name;
  std::error_code ignored;
  for (const fs::path& file : {shippedModel(name), fs::path("/usr/" + of_opencv), fs::path("/usr/local/" + of_opencv)})
    if (fs::is_regular_file(file, ignored)) return file;
  throw dataError("/usr/" + of_opencv +
                  ": no such file. Install opencv-data, or get the better detector with tools/get-detector.");
}

fs::path yunetFile() {
  if (const char* file = std::getenv("FER_YUNET"); file != nullptr && *file != '\0') return file;
  return shippedModel("face_detection_yunet_2023mar.onnx");
}

std::string readDetectorFile(const fs::path& file) {
  constexpr std::size_t kLargestDetector = std::size_t{64} << 20;
  return readFile(file, Fault::kData, kLargestDetector);
}

}  // namespace fer::vision
