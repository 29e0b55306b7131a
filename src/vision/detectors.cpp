#include <string>

#include "fer/core/error.hpp"
#include "fer/vision/detector.hpp"
#include "vision/detector_file.hpp"
#include "vision/haar.hpp"
#include "vision/yunet.hpp"

namespace fer::vision {
namespace {

std::string nameOf(const DetectorOptions& options) {
  if (options.name != "auto") return options.name;
  if (!options.file.empty()) return options.file.extension() == ".xml" ? "haar" : "yunet";
  return yunetFile().empty() ? "haar" : "yunet";
}

}  // namespace

const std::vector<DetectorEntry>& detectors() {
  static const std::vector<DetectorEntry> kDetectors = {
      {"haar", "OpenCV's cascade of frontal faces, with the original project's settings", &makeHaar},
      {"yunet", "a small network: faster, finds more, turned heads too (tools/get-detector)", &makeYunet}};
  return kDetectors;
}

std::unique_ptr<Detector> makeDetector(const DetectorOptions& options) {
  const std::string name = nameOf(options);
  std::string known = "auto";
  for (const DetectorEntry& entry : detectors()) {
    if (entry.name == name) return entry.make(options);
    known += std::string(", ") + entry.name;
  }
  throw usageError("unknown detector \"" + name + "\": expected one of " + known);
}

}  // namespace fer::vision
