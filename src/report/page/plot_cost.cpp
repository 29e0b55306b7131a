#include <algorithm>
#include <cmath>

#include "fer/core/text/numbers.hpp"
#include "report/comparison/words.hpp"
#include "report/page/plots.hpp"
#include "report/plot/frame.hpp"
#include "report/text.hpp"

namespace fer::report {
namespace {

constexpr double kWidth = 420;
constexpr double kHeight = 290;
constexpr double kHundred = 100;

struct Spot {
  const Entry* entry;
  std::size_t index;  ///< in the set
  double cost;
};

std::vector<Spot> spotsOf(const ComparableSet& set, CostKind kind) {
  std::vector<Spot> spots;
  for (std::size_t i = 0; i < set.entries.size(); ++i) {
    const metrics::Summary& summary = set.entries[i].summary();
    const double cost = kind == CostKind::kParameters ? static_cast<double>(summary.parameters)
                                                      : (summary.cost ? summary.cost->ms_a_face : 0);
    if (cost > 0) spots.push_back({&set.entries[i], i, cost});
  }
  return spots;
}

/// An axis of logarithms: ticks at 1, 2 and 5 times powers of ten around the costs.
Axis logAxis(const std::vector<Spot>& spots) {
  const auto [low, high] =
      std::minmax_element(spots.begin(), spots.end(), [](const Spot& a, const Spot& b) { return a.cost < b.cost; });
  constexpr double kRoom = 1.25;
  const double first = low->cost / kRoom;
  const double last = high->cost * kRoom;
  Axis axis{std::log10(first), std::log10(last), {}, 0};
  for (int power = static_cast<int>(std::floor(axis.low)); power <= static_cast<int>(std::ceil(axis.high)); ++power)
    for (const double lead : {1.0, 2.0, 5.0}) {
      const double tick = std::log10(lead) + power;
      if (tick >= axis.low && tick <= axis.high) axis.ticks.push_back(tick);
    }
  return axis;
}

/// "5M", "2.5M", "200k", "0.5".
std::string shortNumber(double value) {
  constexpr double kRounding = 1e-6;
  constexpr double kNearlyWhole = 0.05;
  for (const auto& [size, sign] : {std::pair{1e9, "G"}, std::pair{1e6, "M"}, std::pair{1e3, "k"}}) {
    const double scaled = value / size;
    if (scaled < 1 - kRounding) continue;
    return fixed(scaled, std::abs(scaled - std::round(scaled)) < kNearlyWhole ? 0 : 1) + sign;
  }
  return fixed(value, std::abs(value - std::round(value)) < kRounding ? 0 : value >= 0.1 ? 1 : 2);
}

Axis accuracyAxis(const std::vector<Spot>& spots) {
  double low = kHundred;
  double high = 0;
  for (const Spot& spot : spots) {
    const Measured& accuracy = spot.entry->scores[0];
    low = std::min(low, kHundred * std::min(accuracy.interval.low, accuracy.value));
    high = std::max(high, kHundred * std::max(accuracy.interval.high, accuracy.value));
    if (!spot.entry->published) continue;
    low = std::min(low, kHundred * spot.entry->published->accuracy);
    high = std::max(high, kHundred * spot.entry->published->accuracy);
  }
  constexpr int kIntervals = 5;
  constexpr double kSmallestStep = 0.1;
  return roundAxis(low, high, kIntervals, kSmallestStep);
}

/// The published score as a dashed line to the model's own.
void drawPublished(Svg& svg, const Frame& frame, const Spot& spot) {
  constexpr double kHalf = 10;
  const double x = frame.x(std::log10(spot.cost));
  const double y = frame.y(kHundred * spot.entry->published->accuracy);
  svg.line(x, frame.y(kHundred * spot.entry->scores[0].value), x, y, kFaintInk, 1, "2 3");
  svg.line(x - kHalf, y, x + kHalf, y, kInk, 2, "4 2");
}

void drawInterval(Svg& svg, const Frame& frame, const Spot& spot) {
  const metrics::Interval& interval = spot.entry->scores[0].interval;
  const std::string colour = seriesStyle(spot.index).colour;
  const double x = frame.x(std::log10(spot.cost));
  svg.line(x, frame.y(kHundred * interval.low), x, frame.y(kHundred * interval.high), colour, 2);
  // Ends that are seen where the spot hides a narrow interval.
  constexpr double kHalf = 6;
  for (const double end : {interval.low, interval.high})
    svg.line(x - kHalf, frame.y(kHundred * end), x + kHalf, frame.y(kHundred * end), colour, 1.5);
}

void drawSpot(Svg& svg, const Frame& frame, const Spot& spot, const std::string& unit) {
  const double accuracy = spot.entry->scores[0].value;
  svg.circle(frame.x(std::log10(spot.cost)), frame.y(kHundred * accuracy), 4, seriesStyle(spot.index).colour, kGround,
             spot.entry->name + ": " + percent(accuracy) + " %, " + shortNumber(spot.cost) + " " + unit);
}

/// Their ranks to the right of the spots, moved down where they would lie on an earlier one.
void drawRanks(Svg& svg, const Frame& frame, const std::vector<Spot>& spots) {
  constexpr double kSize = 11;
  constexpr double kBeside = 16;
  std::vector<std::pair<double, double>> taken;
  for (const Spot& spot : spots) {
    const double x = frame.x(std::log10(spot.cost));
    double y = frame.y(kHundred * spot.entry->scores[0].value);
    for (const auto& [other_x, other_y] : taken)  // from the top down, as the ranks are
      if (std::abs(other_x - x) < kBeside && std::abs(other_y - y) < kSize) y = other_y + kSize;
    taken.emplace_back(x, y);
    svg.text(x + 9, y + 4, std::to_string(spot.index + 1),
             {.size = kSize, .anchor = "start", .fill = kInk, .bold = true});
  }
}

}  // namespace

std::string costPlot(const ComparableSet& set, CostKind kind) {
  const std::vector<Spot> spots = spotsOf(set, kind);
  if (spots.empty()) return "";
  const bool parameters = kind == CostKind::kParameters;
  const std::string unit = parameters ? "parameters" : "ms a face";
  std::string description = "Each number is the run's rank.";
  for (const Spot& spot : spots)
    description += " " + std::to_string(spot.index + 1) + ": " + spot.entry->name + ", " +
                   percent(spot.entry->scores[0].value) + " %, " + shortNumber(spot.cost) + " " + unit + ".";
  Svg svg(kWidth, kHeight, "Accuracy against " + unit, description);
  Frame frame{56, 12, kWidth - 56 - 24, kHeight - 12 - 44, logAxis(spots), accuracyAxis(spots)};
  std::vector<double> ticks;
  ticks.swap(frame.across.ticks);
  drawFrame(svg, frame, parameters ? "parameters (log scale)" : "ms a face, one at a time (log scale)",
            "accuracy, per cent");
  const double bottom = frame.top + frame.height;
  for (const double tick : ticks) {
    svg.line(frame.x(tick), bottom, frame.x(tick), bottom + 4, kFaintInk);
    svg.text(frame.x(tick), bottom + 16, shortNumber(std::pow(10, tick)), {.size = 12, .fill = kFaintInk});
  }
  for (const Spot& spot : spots)
    if (spot.entry->published) drawPublished(svg, frame, spot);
  for (const Spot& spot : spots) drawInterval(svg, frame, spot);
  for (const Spot& spot : spots) drawSpot(svg, frame, spot, unit);
  drawRanks(svg, frame, spots);
  return svg.finish();
}

}  // namespace fer::report
