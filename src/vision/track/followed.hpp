#pragma once

#include "fer/vision/tracker.hpp"
#include "vision/track/motion.hpp"

namespace fer::vision {

struct Tracker::Followed {
  int id = 0;
  Motion motion;               ///< at seen_s
  double seen_s = 0;           ///< when it was seen last
  bool seen = true;            ///< by the last update()
  std::optional<float> score;  ///< then
};

}  // namespace fer::vision
