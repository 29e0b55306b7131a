#include <algorithm>

#include "report/comparison/words.hpp"
#include "report/page/plots.hpp"
#include "report/plot/frame.hpp"
#include "report/text.hpp"

namespace fer::report {
namespace {

constexpr double kWidth = 420;
constexpr double kLeft = 88;
constexpr double kTop = 8;
constexpr double kRight = 34;
constexpr double kBottom = 44;
constexpr double kBar = 9;
constexpr double kGap = 12;  ///< between classes
constexpr double kHundred = 100;
constexpr std::size_t kLongestName = 11;

double valueOf(const Entry& entry, std::size_t index, ClassScore score) {
  const metrics::ClassScores& scores = entry.summary().all.scores.per_class.at(index);
  return score == ClassScore::kRecall ? scores.recall : scores.f1;
}

void drawClass(Svg& svg, const Frame& frame, const ComparableSet& set, ClassScore score, std::size_t index,
               std::size_t shown) {
  const double thick = kBar * static_cast<double>(shown);
  const double y = frame.top + kGap / 2 + static_cast<double>(index) * (thick + kGap);
  svg.text(frame.left - 8, y + thick / 2 + 4, shortened(set.classes[index], kLongestName),
           {.size = 12, .anchor = "end", .fill = kInk}, set.classes[index]);
  for (std::size_t i = 0; i < shown; ++i) {
    const double value = valueOf(set.entries[i], index, score);
    const double from = y + kBar * static_cast<double>(i);
    svg.rectangle(frame.left, from, frame.x(kHundred * value) - frame.left, kBar - 1, seriesStyle(i).colour,
                  set.entries[i].name + ", " + set.classes[index] + ": " + percent(value) + " %");
    svg.text(frame.x(kHundred * value) + 3, from + kBar - 1, percent(value, 0),
             {.size = 9, .anchor = "start", .fill = kFaintInk});
  }
}

}  // namespace

std::string classBarsPlot(const ComparableSet& set, ClassScore score, std::size_t most) {
  const std::size_t shown = std::min(most, set.entries.size());
  const double height = static_cast<double>(set.classes.size()) * (kBar * static_cast<double>(shown) + kGap);
  const std::string name = score == ClassScore::kRecall ? "recall" : "F1";
  std::string description = "Per cent.";
  for (std::size_t index = 0; index < set.classes.size(); ++index) {
    description += " " + set.classes[index] + ":";
    for (std::size_t i = 0; i < shown; ++i)
      description += " " + set.entries[i].name + " " + percent(valueOf(set.entries[i], index, score), 0) + ",";
    description.back() = '.';
  }
  Svg svg(kWidth, kTop + height + kBottom, "Each class's " + name, description);
  Frame frame{kLeft, kTop, kWidth - kLeft - kRight, height, roundAxis(0, kHundred, 5, 1), {}};
  for (const double tick : frame.across.ticks)
    svg.line(frame.x(tick), frame.top, frame.x(tick), frame.top + height, kGridLine);
  drawFrame(svg, frame, name + ", per cent", "");
  for (std::size_t index = 0; index < set.classes.size(); ++index) drawClass(svg, frame, set, score, index, shown);
  return svg.finish();
}

}  // namespace fer::report
