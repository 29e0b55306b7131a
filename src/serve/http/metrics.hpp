#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace fer::serve {

/// What an operator watches, in Prometheus' text format 0.0.4. Any thread.
class Metrics {
 public:
  void countRequest(const std::string& route, int status);
  void addLatency(const std::string& what, double seconds);  ///< a histogram of that name
  void add(const std::string& counter, double count = 1);
  void set(const std::string& gauge, double value);

  std::string text() const;

 private:
  static constexpr std::array<double, 11> kBounds{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
  struct Histogram {
    std::array<std::uint64_t, kBounds.size()> counts{};  ///< of each bound alone
    std::uint64_t total = 0;
    double sum = 0;
  };

  mutable std::mutex mutex_;
  std::map<std::pair<std::string, int>, std::uint64_t> requests_;
  std::map<std::string, Histogram> histograms_;
  std::map<std::string, double> counters_;
  std::map<std::string, double> gauges_;
};

}  // namespace fer::serve
