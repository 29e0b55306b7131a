#pragma once

#include <atomic>
#include <cstddef>
#include <optional>
#include <string>

namespace fer::serve {

/// How much is done of each source while live sources bring more than can be done. In this order: faces are looked for
/// less often, on smaller pictures, and classified less often; after that frames are left out by themselves.
struct LoadLevel {
  double detection_period = 1;       ///< times what was asked for
  double detector_side = 1;          ///< times what was asked for
  double classification_period = 1;  ///< times what was asked for
};

/// What happened in all live sources, since the start.
struct LoadSample {
  double time_s = 0;            ///< now
  std::size_t sources = 0;      ///< live ones
  double detection_rate = 0;    ///< asked for, of each of them, a second
  std::int64_t captured = 0;    ///< frames
  std::int64_t replaced = 0;    ///< frames left out
  std::int64_t detections = 0;  ///< frames in which faces were looked for
  double busy = 0;              ///< seconds that all threads which look for faces have worked, over their number
};

/// Chooses the level: one up after two seconds in which over a twentieth of the frames was left out and the threads
/// worked for over half of the time, one down after ten seconds in which hardly any was and the threads had two fifths
/// of their time to spare. level() from any thread, the rest from one.
class LoadControl {
 public:
  static constexpr std::size_t kLevels = 8;

  LoadLevel level() const;
  std::size_t number() const { return level_; }  ///< 0: all that was asked for is done

  /// Called now and then. What a user is to be told, when less begins to be done and when all is done again.
  std::optional<std::string> look(const LoadSample& sample);

 private:
  std::atomic<std::size_t> level_{0};
  LoadSample last_;
  int calm_ = 0;  ///< windows
};

}  // namespace fer::serve
