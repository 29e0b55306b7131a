#pragma once

#include <cstddef>
#include <opencv2/core.hpp>
#include <optional>
#include <string>
#include <vector>

#include "fer/vision/detector.hpp"

namespace fer::app {

struct RecognisedFace {
  std::optional<vision::Face> found;  ///< nothing where the whole picture is the face
  std::vector<float> probabilities;   ///< a class each
};

/// What a picture, or a row of a CSV, shows.
struct Prediction {
  std::string image;               ///< the file, as it was named
  std::optional<std::size_t> row;  ///< of a CSV, from 0
  cv::Size size;
  std::vector<RecognisedFace> faces;
};

/// Classes of the highest probabilities, the highest first; of equal ones the first.
std::vector<std::size_t> mostProbable(const std::vector<float>& probabilities, std::size_t count);

}  // namespace fer::app
