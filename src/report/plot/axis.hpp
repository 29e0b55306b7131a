#pragma once

#include <string>
#include <vector>

namespace fer::report {

/// A numbered axis from `low` to `high` with ticks at round values.
struct Axis {
  double low = 0;
  double high = 1;
  std::vector<double> ticks;
  int digits = 0;  ///< after the point, so that neighbouring ticks differ

  std::string label(double tick) const;
};

/// An axis that begins and ends at round values around [low, high], with about `intervals` steps of 1, 2 or 5 times a
/// power of ten; `smallest_step` is the smallest step allowed.
Axis roundAxis(double low, double high, int intervals, double smallest_step);

}  // namespace fer::report
