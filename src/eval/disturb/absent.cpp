// In place of all others of this folder where the build found no OpenCV.
#include "fer/eval/disturb/disturb.hpp"

namespace fer::eval {

const std::vector<Disturbance>& disturbances() {
  static const std::vector<Disturbance> kNone;
  return kNone;
}

}  // namespace fer::eval
