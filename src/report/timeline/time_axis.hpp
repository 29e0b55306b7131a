#pragma once

#include <string>
#include <vector>

namespace fer::report {

/// Round times from 0 to before an end, at most nine: steps that people count in, from 0.1 s to days.
struct TimeAxis {
  double step = 1;
  std::vector<double> ticks;

  std::string label(double tick) const;  ///< "0:07", "1:02:03"; with tenths where the step is below a second
};

TimeAxis timeAxis(double end_s);

}  // namespace fer::report
