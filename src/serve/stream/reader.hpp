#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

#include "fer/serve/stream/pipeline.hpp"
#include "serve/stream/inbox.hpp"
#include "serve/stream/tally.hpp"

namespace fer::serve {

/// Seconds to wait before a live source is opened again, after so many failures in a row (from 1): 1, 5, 10, then
/// always 60, each shorter or longer by up to a fifth, so that many readers of a server do not come back at once.
double reconnectDelay(std::size_t failures, std::size_t source);

/// Reads a source in a thread of its own, again and again where it is live and fails.
class Reader {
 public:
  using Changed = std::function<void(StreamState state, const std::string& why)>;

  Reader(std::size_t source, const StreamSource& from, video::SourceOptions options, std::int64_t first_frame);

  /// Until the source has ended, or options.stop() says so.
  void run(Inbox& inbox, Tally& tally, const Changed& changed);

 private:
  void readOnce(Inbox& inbox, Tally& tally, const Changed& changed);  ///< from one opening to the end
  void begin(const video::Frame& frame);                              ///< the first one of an opening
  void push(video::Frame frame, Inbox& inbox, Tally& tally);
  void wait(double seconds) const;

  std::size_t source_;
  const StreamSource& from_;
  video::SourceOptions options_;
  std::int64_t first_frame_;
  bool is_live_;
  std::size_t failures_ = 0;  ///< in a row
  std::int64_t frames_ = 0;
  std::chrono::steady_clock::time_point start_;  ///< of a live source's time
  double shift_ = 0;                             ///< of this opening's times to those of the source
};

}  // namespace fer::serve
