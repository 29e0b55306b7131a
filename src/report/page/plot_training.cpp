#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "fer/core/text/numbers.hpp"
#include "report/page/plots.hpp"
#include "report/plot/frame.hpp"
#include "report/text.hpp"

namespace fer::report {
namespace {

constexpr double kWidth = 420;
constexpr double kHeight = 290;

const std::vector<double>& valuesOf(const Entry& entry, CurveKind kind) {
  return kind == CurveKind::kLoss ? entry.history->loss.validation : entry.history->accuracy.validation;
}

/// The lowest and highest finite value; nothing where there is none.
struct Range {
  double low = 0;
  double high = 0;
  bool any = false;

  void take(double value) {
    if (!std::isfinite(value)) return;
    low = any ? std::min(low, value) : value;
    high = any ? std::max(high, value) : value;
    any = true;
  }
};

Axis axisOf(Range range, int intervals, double smallest_step) {
  if (!range.any) range = {0, 1, true};
  if (range.low == range.high) {
    range.low -= smallest_step;
    range.high += smallest_step;
  }
  return roundAxis(range.low, range.high, intervals, smallest_step);
}

/// A line that breaks where a value is missing; a value alone is a dot.
void drawCurve(Svg& svg, const Frame& frame, const Entry& entry, CurveKind kind, const SeriesStyle& style) {
  const std::vector<double>& values = valuesOf(entry, kind);
  const std::vector<double>& epochs = entry.history->epochs;
  std::string points;
  std::size_t length = 0;
  for (std::size_t i = 0; i <= values.size(); ++i) {
    if (i < values.size() && std::isfinite(values[i])) {
      points += (length++ == 0 ? "" : " ") + point(frame.x(epochs[i]), frame.y(values[i]));
      continue;
    }
    if (length > 1) svg.polyline(points, style.colour, 2, style.dash);
    if (length == 1)
      svg.circle(frame.x(epochs[i - 1]), frame.y(values[i - 1]), 4, style.colour, kGround,
                 entry.name + ": " + fixed(values[i - 1], 4));
    points.clear();
    length = 0;
  }
}

/// "vgg_block: best 0.6421 in epoch 40 of 0 to 51."
std::string described(const Entry& entry, CurveKind kind) {
  const std::vector<double>& values = valuesOf(entry, kind);
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (std::isfinite(values[i]) &&
        (!best || (kind == CurveKind::kLoss ? values[i] < values[*best] : values[i] > values[*best])))
      best = i;
  if (!best) return " " + entry.name + ": not measured.";
  return " " + entry.name + ": best " + fixed(values[*best], 4) + " in epoch " +
         fixed(entry.history->epochs[*best], 0) + " of " + fixed(entry.history->epochs.front(), 0) + " to " +
         fixed(entry.history->epochs.back(), 0) + ".";
}

}  // namespace

std::string trainingPlot(const ComparableSet& set, CurveKind kind) {
  Range epochs;
  Range values;
  std::string description;
  for (const Entry& entry : set.entries) {
    if (!entry.history || entry.history->epochs.empty()) continue;
    for (const double epoch : entry.history->epochs) epochs.take(epoch);
    for (const double value : valuesOf(entry, kind)) values.take(value);
    description += described(entry, kind);
  }
  if (!epochs.any) return "";
  const std::string name = kind == CurveKind::kLoss ? "validation loss" : "validation accuracy";
  Svg svg(kWidth, kHeight, "Training curves: " + name + " by epoch", description);
  Frame frame{56, 12, kWidth - 56 - 20, kHeight - 12 - 44, axisOf(epochs, 5, 1), axisOf(values, 5, 0.01)};
  std::erase_if(frame.across.ticks, [&](double tick) { return tick < epochs.low || tick > epochs.high; });
  drawFrame(svg, frame, "epoch", kind == CurveKind::kLoss ? name + ", nats" : name + ", 0 to 1");
  for (std::size_t i = 0; i < set.entries.size(); ++i)
    if (set.entries[i].history && !set.entries[i].history->epochs.empty())
      drawCurve(svg, frame, set.entries[i], kind, seriesStyle(i));
  return svg.finish();
}

}  // namespace fer::report
