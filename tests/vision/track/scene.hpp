#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/core.hpp>
#include <utility>
#include <vector>

#include "fer/core/random.hpp"
#include "vision/track/clear_metrics.hpp"

/// People who walk about before a camera.
namespace fer::test {

inline const cv::Size kScenePicture(640, 480);

/// A face that goes straight on and sways: two sines along each axis, so that its place is known at any time.
struct Walker {
  int id = 0;
  double from_s = 0;
  double to_s = 0;
  cv::Point2d start;                              ///< its middle at from_s
  cv::Point2d speed;                              ///< pixels a second
  double width = 80;                              ///< its height is 1.2 times that
  double growth = 0;                              ///< of the logarithm of its size in a second
  double sway = 0.1;                              ///< of each sine, in widths
  cv::Vec<double, 8> sines;                       ///< frequency in Hz and phase of each
  std::vector<std::pair<double, double>> hidden;  ///< seconds in which nothing is seen of it

  bool isThere(double time_s) const {
    if (time_s < from_s || time_s >= to_s) return false;
    return std::none_of(hidden.begin(), hidden.end(),
                        [=](const auto& span) { return time_s >= span.first && time_s < span.second; });
  }

  cv::Rect2d box(double time_s) const {
    const auto sine = [&](int i) {
      return std::sin(2 * std::numbers::pi * (sines[2 * i] * time_s + sines[2 * i + 1]));
    };
    const double wide = width * std::exp(growth * (time_s - from_s));
    const cv::Point2d middle =
        start + speed * (time_s - from_s) + sway * width * cv::Point2d(sine(0) + sine(1), (sine(2) + sine(3)) / 2);
    const cv::Size2d size(wide, 1.2 * wide);
    return {middle.x - size.width / 2, middle.y - size.height / 2, size.width, size.height};
  }
};

/// Frequencies up to `hertz`.
inline cv::Vec<double, 8> sinesOf(RandomStream& random, double hertz = 0.6) {
  cv::Vec<double, 8> sines;
  for (int i = 0; i < 4; ++i) {
    sines[2 * i] = random.uniform(0.1, hertz);
    sines[2 * i + 1] = random.uniform();
  }
  return sines;
}

/// Nearer people come later in the list.
using Scene = std::vector<Walker>;

/// Who can be seen: at least half within the picture, at least half not behind one nearer person.
inline std::vector<Labelled> visible(const Scene& scene, double time_s) {
  const cv::Rect2d picture(0, 0, kScenePicture.width, kScenePicture.height);
  std::vector<Labelled> seen;
  for (auto one = scene.begin(); one != scene.end(); ++one) {
    const cv::Rect2d box = one->box(time_s);
    const auto covers = [&](const Walker& other) {
      return other.isThere(time_s) && (other.box(time_s) & box).area() > box.area() / 2;
    };
    if (one->isThere(time_s) && (box & picture).area() >= box.area() / 2 && std::none_of(one + 1, scene.end(), covers))
      seen.push_back({one->id, box});
  }
  return seen;
}

}  // namespace fer::test
