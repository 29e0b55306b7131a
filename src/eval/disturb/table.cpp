#include "fer/eval/disturb/disturb.hpp"

namespace fer::eval {

const std::vector<Disturbance>& disturbances() {
  static const std::vector<Disturbance> kAll{
      {"brightness", "grey levels added", 0, {-96, -64, -32, 0, 32, 64, 96}, &withBrightness},
      {"contrast", "factor", 1, {0.25, 0.5, 0.75, 1, 1.5, 2, 3}, &withContrast},
      {"gamma", "", 1, {0.3, 0.5, 0.7, 1, 1.5, 2, 3}, &withGamma},
      {"blur", "sigma in pixels", 0, {0, 0.5, 1, 1.5, 2, 3}, &blurred},
      {"rotation", "degrees", 0, {-30, -20, -10, 0, 10, 20, 30}, &rotated},
      {"shift", "pixels", 0, {-6, -4, -2, 0, 2, 4, 6}, &shifted},
      {"occlusion", "share of the area", 0, {0, 0.05, 0.1, 0.2, 0.3, 0.4}, &occluded},
      {"noise", "sigma in grey levels", 0, {0, 4, 8, 16, 24, 32, 48}, &withNoise},
      {"jpeg", "quality", 100, {5, 10, 20, 40, 60, 80, 100}, &asJpeg},
  };
  return kAll;
}

}  // namespace fer::eval
