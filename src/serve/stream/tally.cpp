#include "serve/stream/tally.hpp"

namespace fer::serve {

void Tally::setLive(std::size_t source) {
  const std::lock_guard lock(mutex_);
  sources_[source].is_live = true;
}

void Tally::addLatency(std::size_t source, double seconds) {
  const std::lock_guard lock(mutex_);
  sources_[source].latency.add(seconds);
}

void Tally::addWork(double seconds) {
  const std::lock_guard lock(mutex_);
  work_ += seconds;
}

std::vector<StreamCounts> Tally::counts() const {
  constexpr double kMedian = 0.5;
  constexpr double kNinetyFive = 0.95;
  const std::lock_guard lock(mutex_);
  std::vector<StreamCounts> counts;
  counts.reserve(sources_.size());
  for (const Source& source : sources_) {
    counts.push_back(source.counts);
    counts.back().latency_p50_s = source.latency.quantile(kMedian);
    counts.back().latency_p95_s = source.latency.quantile(kNinetyFive);
  }
  return counts;
}

LoadSample Tally::sample(double time_s, double detection_rate, int threads) const {
  const std::lock_guard lock(mutex_);
  LoadSample sample{time_s, 0, detection_rate, 0, 0, 0, work_ / threads};
  for (const Source& source : sources_) {
    if (!source.is_live) continue;
    ++sample.sources;
    sample.captured += source.counts.captured;
    sample.replaced += source.counts.replaced;
    sample.detections += source.counts.detections;
  }
  return sample;
}

}  // namespace fer::serve
