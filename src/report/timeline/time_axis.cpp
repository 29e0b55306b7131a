#include "report/timeline/time_axis.hpp"

#include <cmath>
#include <string>

#include "fer/core/progress.hpp"
#include "fer/core/text/numbers.hpp"

namespace fer::report {
namespace {

double roundStep(double least) {
  constexpr double kSteps[] = {0.1, 0.2, 0.5, 1,   2,    5,    10,   15,    30,    60,
                               120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200};
  constexpr double kDay = 86400;
  for (const double step : kSteps)
    if (step >= least) return step;
  return kDay * std::ceil(least / kDay);
}

}  // namespace

std::string TimeAxis::label(double tick) const {
  return step < 1 ? fixed(tick, 1) : durationText(tick);
}

TimeAxis timeAxis(double end_s) {
  constexpr double kMost = 8;
  constexpr double kBeforeEnd = 0.98;  // a tick at the very end has no room for its label
  TimeAxis axis{roundStep(end_s / kMost), {}};
  for (int i = 0; i * axis.step < kBeforeEnd * end_s; ++i) axis.ticks.push_back(i * axis.step);
  return axis;
}

}  // namespace fer::report
