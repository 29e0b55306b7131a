#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "app/predict/inputs.hpp"
#include "app/predict/prediction.hpp"
#include "fer/core/image_shape.hpp"

namespace fer::app {

/// Faces side by side as the network sees them, each over what it is said to show; the first of every folder, and of
/// every CSV.
class FaceSheet {
 public:
  FaceSheet(std::filesystem::path file, ImageShape input, std::vector<std::string> classes);

  void add(const PredictInput& input, const Prediction& prediction);

  /// Writes the sheet as a PNG file. Throws Error.
  void write() const;

 private:
  struct Shown {
    std::vector<std::uint8_t> image;
    std::string caption;
  };
  struct Part {
    std::string name;
    std::vector<Shown> shown;
    std::size_t faces = 0;  ///< all of them
  };

  Part& partOf(const std::string& name);

  std::filesystem::path file_;
  ImageShape input_;
  std::vector<std::string> classes_;
  std::vector<Part> parts_;  ///< in the order in which they came
};

}  // namespace fer::app
