#include "vision/detector_file.hpp"

#include <cstdlib>
#include <vector>

#include "fer/core/config/config.hpp"
#include "fer/core/error.hpp"
#include "fer/core/files/files.hpp"

namespace fer::vision {
namespace {

namespace fs = std::filesystem;

/// The first that is a file, or nothing.
fs::path firstOf(const std::vector<fs::path>& places) {
  std::error_code ignored;
  for (const fs::path& place : places)
    if (fs::is_regular_file(place, ignored)) return place;
  return {};
}

}  // namespace

fs::path haarFile() {
  const fs::path name = "opencv4/haarcascades/haarcascade_frontalface_default.xml";
  const fs::path file = firstOf({"/usr/share" / name, "/usr/local/share" / name});
  if (file.empty())
    throw dataError("/usr/share/" + name.string() +
                    ": no such file. Install opencv-data, or get the better detector with tools/get-detector.");
  return file;
}

fs::path yunetFile() {
  if (const char* file = std::getenv("FER_YUNET"); file != nullptr && *file != '\0') return file;
  const fs::path name = "face_detection_yunet_2023mar.onnx";
  const fs::path project = configsFolder().parent_path();
  return firstOf({"data/models" / name, project / "data/models" / name, project / "models" / name});
}

std::string readDetectorFile(const fs::path& file) {
  constexpr std::size_t kLargestDetector = std::size_t{64} << 20;
  return readFile(file, Fault::kData, kLargestDetector);
}

}  // namespace fer::vision
