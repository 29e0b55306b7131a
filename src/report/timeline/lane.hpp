#pragma once

#include <string>
#include <vector>

#include "fer/report/timeline/timeline.hpp"

namespace fer::report {

/// A drawing as wide as the source is long and 100 high, which stretches to its box, and the same values for the
/// script: "382x12 -x3 290", the bins one after the other, each as often as it stands there.
struct Lane {
  std::string svg;
  std::string values;
};

/// A bar a bin: its colour is the label, its height the probability. A value is 101 times the label's index and the
/// probability in per cent; "?" where it was not classified yet, "-" where it was not seen.
Lane trackLane(const TimelineTrack& track, const TimelineSource& source, const std::vector<std::string>& colours);

/// The number of faces. A value is ten times the mean number; "-" where there was no frame.
Lane facesLane(const TimelineSource& source);

/// The largest number of faces at a time that facesLane has room for, at least 1.
double mostFaces(const TimelineSource& source);

}  // namespace fer::report
