#pragma once

#include <cmath>
#include <opencv2/core.hpp>
#include <optional>
#include <vector>

#include "fer/core/random.hpp"
#include "fer/vision/detector.hpp"
#include "vision/track/clear_metrics.hpp"
#include "vision/track/scene.hpp"

/// What a detector makes of people whose places are known.
namespace fer::test {

/// How a detector errs. The defaults are somewhat worse than YuNet on upright faces.
struct Errors {
  double centre = 0.04;       ///< deviation, in widths
  double size = 0.06;         ///< deviation of the logarithm
  double missed = 0.05;       ///< share of faces
  double unsure = 0.15;       ///< share of the found faces, that score 0.6 to 0.8; the others 0.8 to 0.95
  double false_faces = 0.02;  ///< a picture: chance of one, anywhere, that scores 0.6 to 0.9
  bool scores = true;         ///< false: none are given, as by haar
};

inline std::vector<vision::Face> detected(const std::vector<Labelled>& people, const Errors& errors,
                                          RandomStream& random) {
  std::vector<vision::Face> faces;
  const auto add = [&](const cv::Rect2d& box, double score) {
    const cv::Rect whole(cv::Point(cvRound(box.x), cvRound(box.y)), cv::Size(cvRound(box.width), cvRound(box.height)));
    const cv::Rect on = whole & cv::Rect({}, kScenePicture);
    if (on.empty()) return;
    faces.push_back({on, std::nullopt, std::nullopt});
    if (errors.scores) faces.back().score = static_cast<float>(score);
  };
  for (const Labelled& person : people) {
    const double wide = person.box.width;
    const cv::Point2d middle =
        (person.box.tl() + person.box.br()) / 2 + errors.centre * wide * cv::Point2d(random.normal(), random.normal());
    const cv::Size2d size = person.box.size() * std::exp(errors.size * random.normal());
    const bool is_missed = random.uniform() < errors.missed;
    const bool is_unsure = random.uniform() < errors.unsure;
    const double score = is_unsure ? random.uniform(0.6, 0.8) : random.uniform(0.8, 0.95);
    if (!is_missed) add({middle - cv::Point2d(size.width, size.height) / 2, size}, score);
  }
  if (random.uniform() < errors.false_faces) {
    const double wide = random.uniform(40, 120);
    add({random.uniform(0, kScenePicture.width - wide), random.uniform(0, kScenePicture.height - wide), wide, wide},
        random.uniform(0.6, 0.9));
  }
  return faces;
}

}  // namespace fer::test
