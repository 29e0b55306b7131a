#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <opencv2/core.hpp>
#include <optional>
#include <string>
#include <vector>

namespace fer::vision {

/// Right eye, left eye, tip of the nose, right and left corner of the mouth, as the person has them: the right eye is
/// on the left of the picture. In pixels of the picture; they may lie outside it.
using Landmarks = std::array<cv::Point2f, 5>;

struct Face {
  cv::Rect box;                        ///< pixels of the picture, never empty, never beyond its edges
  std::optional<float> score;          ///< 0..1, how sure the detector is; nothing where it does not say (haar)
  std::optional<Landmarks> landmarks;  ///< nothing where the detector gives none (haar)
};

/// Finds faces. One thread at a time.
class Detector {
 public:
  virtual ~Detector() = default;

  /// Its name in detectors().
  virtual std::string name() const = 0;

  /// Every face of a picture: 8 bit, 1 channel (grey) or 3 (blue, green, red), of any size. The largest box comes
  /// first; of equally large ones that further up, then that further left. A picture without a face gives none. Throws
  /// std::invalid_argument for another type or an empty picture.
  virtual std::vector<Face> detect(const cv::Mat& picture) = 0;
};

struct DetectorOptions {
  std::string name = "auto";     ///< one of detectors(), or auto: yunet where its file is found, else haar
  std::filesystem::path file{};  ///< the detector's own file (.onnx for yunet, .xml for haar); empty: where it is kept
  std::optional<float> min_score{};  ///< 0..1, faces below it are left out; nothing: kMinScore. Not for haar.
  /// Pixels; a picture with a longer side is shrunk to it, since time grows with its square. Of its longest side a face
  /// takes up then at least 1/70 (yunet) or 1/53 (haar): in 4,000 pixels 57 or 75.
  int longest_side = 1280;
};

/// At 0.6 YuNet finds nearly all faces of a group (WIDER FACE), at 0.9 it loses most of the small ones.
constexpr float kMinScore = 0.6F;

/// A detector by its name, with one line for --help.
struct DetectorEntry {
  const char* name;
  const char* description;
  std::unique_ptr<Detector> (*make)(const DetectorOptions& options);
};

const std::vector<DetectorEntry>& detectors();

/// Loads a detector. Throws Error: usage for an unknown name, a score that the detector does not have or that is
/// outside 0..1; bad data for a file that is missing or not the detector's. The message says how to get it.
std::unique_ptr<Detector> makeDetector(const DetectorOptions& options);

}  // namespace fer::vision
