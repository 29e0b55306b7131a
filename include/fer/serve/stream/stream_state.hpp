#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace fer::serve {

enum class StreamState {
  kConnecting,
  kLive,
  kStalled,  ///< open, but no frame came for two seconds
  kDown,     ///< failed; a live source is opened again after 1, 5, 10, then every 60 seconds
  kEnded,    ///< a file to its end
  kFailed,   ///< a file that could not be read to its end, or at all
};

/// "connecting", "live", ...
std::string nameOf(StreamState state);

/// What happened to a source since the start.
struct StreamCounts {
  StreamState state = StreamState::kConnecting;
  std::int64_t captured = 0;    ///< frames read
  std::int64_t replaced = 0;    ///< of these, left out since a newer one came (live sources alone)
  std::int64_t analysed = 0;    ///< frames with results
  std::int64_t detections = 0;  ///< frames in which faces were looked for
  std::int64_t classified = 0;  ///< faces
  std::int64_t damaged = 0;     ///< packets that could not be decoded
  std::int64_t failures = 0;    ///< times that a live source failed
  double time_s = 0;            ///< of the last analysed frame
  double latency_p50_s = 0;     ///< from a frame's arrival to its result
  double latency_p95_s = 0;
};

}  // namespace fer::serve
