#pragma once

#include <filesystem>
#include <opencv2/core.hpp>
#include <set>
#include <string>
#include <vector>

#include "app/predict/inputs.hpp"
#include "app/predict/prediction.hpp"

namespace fer::app {

/// A copy of a picture with a frame and a label ("happy 97 %") about each face, readable on dark and on light. A small
/// picture is enlarged by a whole number first; under a face without a box the label has a line of its own.
cv::Mat annotated(const cv::Mat& picture, const std::vector<RecognisedFace>& faces,
                  const std::vector<std::string>& classes);

/// Where annotated pictures go: in a folder, each under its input's name; a name that was given already gets a number
/// ("photo-2.jpg"). Formats stay, but BMP becomes PNG.
class AnnotatedFolder {
 public:
  explicit AnnotatedFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// Throws Error where the file cannot be written, or is the input itself (usage).
  void write(const PredictInput& input, const cv::Mat& picture);

 private:
  std::filesystem::path placeOf(const std::filesystem::path& name);

  std::filesystem::path folder_;
  std::set<std::filesystem::path> given_;
};

}  // namespace fer::app
