#include <algorithm>

#include "report/comparison/words.hpp"
#include "report/page/plots.hpp"
#include "report/plot/frame.hpp"
#include "report/text.hpp"

namespace fer::report {
namespace {

constexpr double kWidth = 440;
constexpr double kLeft = 152;
constexpr double kRight = 40;
constexpr double kTop = 10;
constexpr double kBottom = 44;
constexpr double kLine = 26;
constexpr double kHundred = 100;
constexpr std::size_t kLongestName = 21;

Axis accuracyAxis(const ComparableSet& set) {
  constexpr int kIntervals = 5;
  constexpr double kSmallestStep = 0.1;
  double low = kHundred;
  double high = 0;
  for (const Entry& entry : set.entries) {
    const Measured& accuracy = entry.scores[0];
    low = std::min({low, kHundred * accuracy.interval.low, kHundred * accuracy.value});
    high = std::max({high, kHundred * accuracy.interval.high, kHundred * accuracy.value});
    if (!entry.published) continue;
    low = std::min(low, kHundred * entry.published->accuracy);
    high = std::max(high, kHundred * entry.published->accuracy);
  }
  return roundAxis(low, high, kIntervals, kSmallestStep);
}

void drawAxis(Svg& svg, const Frame& frame) {
  const double bottom = frame.top + frame.height;
  for (const double tick : frame.across.ticks) {
    svg.line(frame.x(tick), frame.top, frame.x(tick), bottom, kGridLine);
    svg.text(frame.x(tick), bottom + 16, frame.across.label(tick), {.size = 12, .fill = kFaintInk});
  }
  svg.text(frame.left + frame.width / 2, bottom + 34, "accuracy, per cent, with its 95 % interval",
           {.size = 12, .fill = kInk});
}

/// A diamond and its line: the score that the original published.
void drawPublished(Svg& svg, const Frame& frame, double published, double y) {
  constexpr double kHalf = 5;
  const double x = frame.x(kHundred * published);
  svg.line(x, y - kLine / 2, x, y + kLine / 2, kInk, 1, "3 2");
  svg.polygon(point(x - kHalf, y) + " " + point(x, y - kHalf) + " " + point(x + kHalf, y) + " " + point(x, y + kHalf),
              kGround, kInk, "published by the original: " + percent(published) + " %");
}

void drawEntry(Svg& svg, const Frame& frame, const Entry& entry, std::size_t index) {
  const double y = frame.top + kLine * (static_cast<double>(index) + 0.5);
  const Measured& accuracy = entry.scores[0];
  const std::string colour = seriesStyle(index).colour;
  const std::string tip = entry.name + ": " + percent(accuracy.value) + " % (" + percentRange(accuracy.interval) + ")";
  svg.text(frame.left - 8, y + 4, shortened(entry.name, kLongestName), {.size = 12, .anchor = "end", .fill = kInk},
           entry.name);
  if (entry.published) drawPublished(svg, frame, entry.published->accuracy, y);
  svg.line(frame.x(kHundred * accuracy.interval.low), y, frame.x(kHundred * accuracy.interval.high), y, colour, 3);
  svg.circle(frame.x(kHundred * accuracy.value), y, 3.5, colour, kGround, tip);
  // Ends that are seen where the dot hides a narrow interval.
  constexpr double kHalf = 6;
  for (const double end : {accuracy.interval.low, accuracy.interval.high})
    svg.line(frame.x(kHundred * end), y - kHalf, frame.x(kHundred * end), y + kHalf, colour, 1.5);
  svg.text(kWidth - kRight + 8, y + 4, entry.letters, {.size = 12, .anchor = "start", .fill = kInk, .bold = true});
}

}  // namespace

std::string intervalsPlot(const ComparableSet& set) {
  const double height = kLine * static_cast<double>(set.entries.size());
  std::string description = "From the most accurate on:";
  for (const Entry& entry : set.entries)
    description += " " + entry.name + " " + percent(entry.scores[0].value) + " (" +
                   percentRange(entry.scores[0].interval) + "), group " + entry.letters + ";";
  Svg svg(kWidth, kTop + height + kBottom, "Accuracies with their 95 % intervals", description);
  Frame frame;
  frame.left = kLeft;
  frame.top = kTop;
  frame.width = kWidth - kLeft - kRight;
  frame.height = height;
  frame.across = accuracyAxis(set);
  drawAxis(svg, frame);
  for (std::size_t i = 0; i < set.entries.size(); ++i) drawEntry(svg, frame, set.entries[i], i);
  return svg.finish();
}

}  // namespace fer::report
