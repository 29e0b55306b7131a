#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace fer::metrics {

/// Draws rows with replacement, as many as there are: draw after draw the same for a seed, in any order and on any
/// thread. Immutable.
class Resampler {
 public:
  /// From all rows alike; or, stratified, from each class as many rows as it has.
  Resampler(std::span<const int> labels, std::size_t classes, std::uint32_t seed, bool stratified);

  /// How often each row was drawn.
  void draw(std::uint32_t number, std::span<double> weights) const;

 private:
  std::uint32_t seed_;
  std::vector<std::vector<std::uint32_t>> strata_;  ///< rows that are drawn from each other
};

}  // namespace fer::metrics
