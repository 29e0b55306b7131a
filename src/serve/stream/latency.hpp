#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace fer::serve {

/// How long things took, counted by the millisecond up to ten seconds: constant memory, however many. One thread at a
/// time.
class Latency {
 public:
  void add(double seconds);

  /// The time that a share (0..1) of what was added did not exceed, in seconds, to the millisecond; 0 where nothing
  /// was.
  double quantile(double share) const;

 private:
  static constexpr std::size_t kMilliseconds = 10'000;
  std::array<std::uint32_t, kMilliseconds + 1> counts_{};  ///< the last one: that and more
  std::uint64_t total_ = 0;
};

}  // namespace fer::serve
