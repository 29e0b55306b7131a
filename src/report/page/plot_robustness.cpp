#include <algorithm>

#include "report/comparison/words.hpp"
#include "report/page/plots.hpp"
#include "report/plot/frame.hpp"
#include "report/text.hpp"

namespace fer::report {
namespace {

constexpr double kWidth = 380;
constexpr double kHeight = 260;
constexpr double kHundred = 100;

struct Line {
  const Entry* entry;
  std::size_t index;  ///< in the set
  const metrics::RobustnessCurve* curve;
};

std::vector<Line> linesOf(const ComparableSet& set, const std::string& disturbance) {
  std::vector<Line> lines;
  for (std::size_t i = 0; i < set.entries.size(); ++i)
    if (const auto& robustness = set.entries[i].evaluated.robustness)
      for (const metrics::RobustnessCurve& curve : robustness->curves)
        if (curve.disturbance == disturbance) lines.push_back({&set.entries[i], i, &curve});
  return lines;
}

/// From the lowest to the highest level exactly.
Axis levelAxis(const std::vector<Line>& lines) {
  double low = lines.front().curve->levels.front();
  double high = lines.front().curve->levels.back();
  for (const Line& line : lines) {
    low = std::min(low, line.curve->levels.front());
    high = std::max(high, line.curve->levels.back());
  }
  constexpr int kIntervals = 5;
  constexpr double kSmallestStep = 1e-6;
  Axis axis = roundAxis(low, high, kIntervals, kSmallestStep);
  if (low < high) {
    axis.low = low;
    axis.high = high;
    std::erase_if(axis.ticks, [&](double tick) { return tick < low - 1e-9 || tick > high + 1e-9; });
  }
  return axis;
}

}  // namespace

std::string robustnessPlot(const ComparableSet& set, const std::string& disturbance) {
  const std::vector<Line> lines = linesOf(set, disturbance);
  if (lines.empty()) return "";
  double high = 0;
  std::string description = "Mean accuracy over the levels:";
  for (const Line& line : lines) {
    high = std::max(high, *std::max_element(line.curve->accuracy.begin(), line.curve->accuracy.end()));
    description += " " + line.entry->name + " " + percent(line.curve->area) + " %;";
  }
  Svg svg(kWidth, kHeight, "Accuracy under " + disturbance, description);
  const Frame frame{52, 12, kWidth - 52 - 18, kHeight - 12 - 44, levelAxis(lines), roundAxis(0, kHundred * high, 5, 1)};
  const metrics::RobustnessCurve& first = *lines.front().curve;
  drawFrame(svg, frame, disturbance + (first.unit.empty() ? "" : ", " + first.unit), "accuracy, per cent");
  svg.line(frame.x(first.clean), frame.top, frame.x(first.clean), frame.top + frame.height, kFaintInk, 1, "2 3");
  for (const Line& line : lines) {
    std::string points;
    for (std::size_t i = 0; i < line.curve->levels.size(); ++i)
      points +=
          (i == 0 ? "" : " ") + point(frame.x(line.curve->levels[i]), frame.y(kHundred * line.curve->accuracy[i]));
    const SeriesStyle style = seriesStyle(line.index);
    svg.polyline(points, style.colour, 2, style.dash);
  }
  return svg.finish();
}

}  // namespace fer::report
