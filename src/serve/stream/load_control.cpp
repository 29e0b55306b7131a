#include "serve/stream/load_control.hpp"

#include <array>

#include "fer/core/text/numbers.hpp"

namespace fer::serve {
namespace {

constexpr double kWindow = 2;         ///< seconds
constexpr double kLate = 0.05;        ///< share of the frames
constexpr double kHardlyAny = 0.005;  ///< share of the frames
constexpr double kRoomToSpare = 0.6;  ///< share of the time that may be worked for a level down
constexpr double kAtWork = 0.5;       ///< share of the time; where less was worked a burst came, as when a stream opens
constexpr int kCalmWindows = 5;
constexpr double kPerCent = 100;

constexpr std::array<LoadLevel, LoadControl::kLevels> kLoadLevels{{
    {},
    {.detection_period = 1.5},
    {.detection_period = 2},
    {.detection_period = 3},
    {.detection_period = 3, .detector_side = 0.7},
    {.detection_period = 3, .detector_side = 0.5},
    {.detection_period = 3, .detector_side = 0.5, .classification_period = 2},
    {.detection_period = 4, .detector_side = 0.5, .classification_period = 4},
}};

std::string rate(double value) {
  return fixed(value, value < 10 ? 1 : 0);
}

}  // namespace

LoadLevel LoadControl::level() const {
  return kLoadLevels[level_];
}

std::optional<std::string> LoadControl::look(const LoadSample& sample) {
  const double seconds = sample.time_s - last_.time_s;
  if (seconds < kWindow) return std::nullopt;
  const auto captured = static_cast<double>(sample.captured - last_.captured);
  const double left_out = captured > 0 ? static_cast<double>(sample.replaced - last_.replaced) / captured : 0;
  const double busy = (sample.busy - last_.busy) / seconds;
  const double done = static_cast<double>(sample.detections - last_.detections) / seconds;
  const double fps = sample.sources > 0 ? captured / seconds / static_cast<double>(sample.sources) : 0;
  last_ = sample;
  calm_ = left_out < kHardlyAny && busy < kRoomToSpare ? calm_ + 1 : 0;
  if (left_out > kLate && busy > kAtWork && level_ + 1 < kLevels) {
    if (++level_ > 1) return std::nullopt;
    return std::to_string(sample.sources) + (sample.sources == 1 ? " live source of " : " live sources of ") +
           rate(fps) + " frames a second ask for " + rate(static_cast<double>(sample.sources) * sample.detection_rate) +
           " detections a second, " + rate(done) + " are done, and " + fixed(kPerCent * left_out, 0) +
           " % of the frames are left out: from now on faces are looked for less often, then on smaller pictures, then "
           "classified less "
           "often, until it fits";
  }
  if (calm_ >= kCalmWindows && level_ > 0) {
    calm_ = 0;
    if (--level_ == 0) return std::string("all that was asked for is done again");
  }
  return std::nullopt;
}

}  // namespace fer::serve
