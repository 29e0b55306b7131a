#include "serve/analysis/looker.hpp"

#include <cmath>

namespace fer::serve {

Looker::Looker(const vision::DetectorOptions& options) : options_(options) {
  detectorFor(options.longest_side);
}

std::vector<vision::Face> Looker::look(const cv::Mat& picture, double side) {
  return detectorFor(static_cast<int>(std::lround(options_.longest_side * side))).detect(picture);
}

vision::Detector& Looker::detectorFor(int longest_side) {
  std::unique_ptr<vision::Detector>& detector = detectors_[longest_side];
  if (!detector) {
    vision::DetectorOptions options = options_;
    options.longest_side = longest_side;
    detector = vision::makeDetector(options);
  }
  return *detector;
}

}  // namespace fer::serve
