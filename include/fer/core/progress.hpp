#pragma once

#include <chrono>
#include <cstddef>
#include <iosfwd>
#include <string>

namespace fer {

/// How far a piece of work is: on a terminal a bar that is redrawn in place, elsewhere a plain line now and then.
/// One thread at a time.
class Progress {
 public:
  using Clock = std::chrono::steady_clock;

  /// `label` stands in front ("epoch 3/50"); `total` and `done` count images, of which `done` were finished in an
  /// earlier session. `terminal` decides the form.
  Progress(std::ostream& out, bool terminal, std::string label, std::size_t total, std::size_t done = 0);

  /// `text` stands behind the bar, e.g. "loss 1.2034  acc 0.541"; it may be empty.
  void update(std::size_t done, const std::string& text);

  /// Clears the bar, so that a summary line can take its place.
  void finish();

 private:
  std::ostream& out_;
  bool terminal_;
  std::string label_;
  std::size_t total_;
  std::size_t earlier_;
  Clock::time_point start_;
  Clock::time_point shown_;
};

/// "0:07", "12:34", "1:02:03".
std::string durationText(double seconds);

}  // namespace fer
