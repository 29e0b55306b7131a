#include "serve/stream/latency.hpp"

#include <algorithm>
#include <cmath>

namespace fer::serve {
namespace {

constexpr double kPerSecond = 1000;

}  // namespace

void Latency::add(double seconds) {
  const double bin = std::clamp(std::round(seconds * kPerSecond), 0.0, static_cast<double>(kMilliseconds));
  ++counts_.at(static_cast<std::size_t>(bin));
  ++total_;
}

double Latency::quantile(double share) const {
  std::uint64_t seen = 0;
  for (std::size_t bin = 0; bin < counts_.size(); ++bin) {
    seen += counts_[bin];
    if (total_ > 0 && static_cast<double>(seen) >= share * static_cast<double>(total_))
      return static_cast<double>(bin) / kPerSecond;
  }
  return 0;
}

}  // namespace fer::serve
