#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "fer/vision/detector.hpp"

namespace fer::serve {

/// Detectors of one thread, one for each size that pictures are shrunk to. The first one is opened at once.
class Looker {
 public:
  /// Throws Error as makeDetector() does.
  explicit Looker(const vision::DetectorOptions& options);

  std::vector<vision::Face> look(const cv::Mat& picture, double side);  ///< `side`: times DetectorOptions::longest_side
  std::string name() const { return detectors_.begin()->second->name(); }

 private:
  vision::Detector& detectorFor(int longest_side);

  vision::DetectorOptions options_;
  std::map<int, std::unique_ptr<vision::Detector>> detectors_;
};

}  // namespace fer::serve
