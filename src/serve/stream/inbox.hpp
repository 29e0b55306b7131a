#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "fer/video/frame.hpp"
#include "serve/stream/rate.hpp"

namespace fer::serve {

/// The frames of all sources that wait to be looked at. Any thread.
class Inbox {
 public:
  /// A frame whose turn it is.
  struct Ticket {
    std::size_t source = 0;
    std::uint64_t number = 0;  ///< of its source, from 0, without gaps: the order in which it is to be tracked
    bool detect = false;       ///< faces are to be looked for
    Rate next_detection;       ///< after this frame
    video::Frame frame;
  };

  /// `first_detections` has one for each source. `under_way`: frames of one source that are looked at at once.
  Inbox(std::vector<Rate> first_detections, std::size_t under_way);

  /// Frames of a live source replace one that still waits; true where one did. Those of a file wait until there is
  /// room. After close() frames are dropped.
  bool put(std::size_t source, video::Frame frame, bool live);

  /// No more of this source come.
  void end(std::size_t source);

  /// The next frame, the sources in turn; nothing when all have ended or after close() and no frame is left.
  std::optional<Ticket> take(double detection_period_s);

  /// A ticket's frame is done with.
  void done(std::size_t source);

  /// Whoever waits goes on; frames that wait are still given out.
  void close();

 private:
  struct Slot {
    std::deque<video::Frame> frames;
    bool ended = false;
    std::size_t under_way = 0;
    std::uint64_t tickets = 0;
    Rate detection;
  };

  bool canBeTaken(const Slot& slot) const { return !slot.frames.empty() && slot.under_way < most_under_way_; }
  bool isOver() const;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Slot> slots_;
  std::size_t most_under_way_;
  std::size_t turn_ = 0;
  bool closed_ = false;
};

}  // namespace fer::serve
