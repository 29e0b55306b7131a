#pragma once

#include <cstddef>
#include <mutex>
#include <vector>

#include "fer/serve/stream/stream_state.hpp"
#include "serve/stream/latency.hpp"
#include "serve/stream/load_control.hpp"

namespace fer::serve {

/// What happened to all sources. Any thread.
class Tally {
 public:
  explicit Tally(std::size_t sources) : sources_(sources) {}

  /// Changes the counts of a source: `change` is given its StreamCounts.
  template <class Change>
  void change(std::size_t source, const Change& change) {
    const std::lock_guard lock(mutex_);
    change(sources_[source].counts);
  }

  void setLive(std::size_t source);
  void addLatency(std::size_t source, double seconds);
  void addWork(double seconds);  ///< of a thread that looks for faces

  std::vector<StreamCounts> counts() const;

  /// Of the live sources; its time, rate and number of threads are the caller's.
  LoadSample sample(double time_s, double detection_rate, int threads) const;

 private:
  struct Source {
    StreamCounts counts;
    Latency latency;
    bool is_live = false;
  };

  mutable std::mutex mutex_;
  std::vector<Source> sources_;
  double work_ = 0;
};

}  // namespace fer::serve
