#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <optional>
#include <utility>

#include "fer/core/text/numbers.hpp"
#include "fer/report/plot/curves.hpp"
#include "report/plot/axis.hpp"
#include "report/plot/svg.hpp"
#include "report/text.hpp"

namespace fer::report {
namespace {

constexpr double kPanelWidth = 430;
constexpr double kPanelHeight = 260;
constexpr double kLeft = 66;  ///< of a panel: room for the numbers of its axis
constexpr double kRight = 22;
constexpr double kTop = 92;
constexpr double kBottom = 62;
constexpr std::string_view kTrainColour = "#e07b39";
constexpr std::string_view kValidationColour = "#2171b5";
constexpr std::string_view kGrid = "#e4e7eb";
constexpr std::string_view kQuiet = "#52606d";
constexpr double kStroke = 2;
constexpr double kDot = 3.5;

/// One curve's frame: which values lie where.
struct Panel {
  std::string name;
  double x = 0;  ///< left end of its plotting area
  Axis epochs;
  Axis values;

  double across(double epoch) const { return x + kPanelWidth * (epoch - epochs.low) / (epochs.high - epochs.low); }
  double up(double value) const { return kTop + kPanelHeight * (values.high - value) / (values.high - values.low); }
};

Axis valueAxis(const Curve& curve) {
  constexpr int kIntervals = 5;
  constexpr double kSmallestStep = 1e-6;
  std::vector<double> measured;
  for (const auto* values : {&curve.train, &curve.validation})
    std::copy_if(values->begin(), values->end(), std::back_inserter(measured),
                 [](double v) { return std::isfinite(v); });
  if (measured.empty()) return roundAxis(0, 1, kIntervals, kSmallestStep);
  const auto [low, high] = std::minmax_element(measured.begin(), measured.end());
  // A flat curve runs through the middle.
  const double margin = *low < *high ? 0 : *low == 0 ? 1 : std::abs(*low) / 2;
  return roundAxis(*low - margin, *high + margin, kIntervals, kSmallestStep);
}

/// From the first to the last epoch exactly; ticks at whole epochs.
Axis epochAxis(const std::vector<double>& epochs) {
  constexpr int kIntervals = 6;
  const auto [low, high] = std::minmax_element(epochs.begin(), epochs.end());
  const double first = epochs.empty() ? 0 : *low;
  const double last = epochs.empty() ? 1 : *high;
  Axis axis = roundAxis(first, last, kIntervals, 1);
  axis.low = first == last ? first - 1 : first;
  axis.high = first == last ? first + 1 : last;
  std::erase_if(axis.ticks, [&](double tick) { return tick < first || tick > last; });
  return axis;
}

void drawFrame(Svg& svg, const Panel& panel) {
  for (const double tick : panel.values.ticks) {
    svg.line(panel.x, panel.up(tick), panel.x + kPanelWidth, panel.up(tick), kGrid);
    svg.text(panel.x - 10, panel.up(tick) + 4, panel.values.label(tick), {.size = 12, .anchor = "end", .fill = kQuiet});
  }
  const double bottom = kTop + kPanelHeight;
  for (const double tick : panel.epochs.ticks) {
    svg.line(panel.across(tick), bottom, panel.across(tick), bottom + 5, kQuiet);
    svg.text(panel.across(tick), bottom + 20, panel.epochs.label(tick), {.size = 12, .fill = kQuiet});
  }
  svg.line(panel.x, bottom, panel.x + kPanelWidth, bottom, kQuiet);
  svg.text(panel.x, kTop - 14, panel.name, {.size = 15, .anchor = "start", .bold = true});
  svg.text(panel.x + kPanelWidth / 2, bottom + 42, "epoch", {.size = 13});
}

/// A line through the measured values; where one is missing the line breaks, a value between two gaps is a dot.
void drawCurve(Svg& svg, const Panel& panel, const std::vector<double>& epochs, const std::vector<double>& values,
               std::string_view colour) {
  std::string points;
  std::size_t length = 0;
  for (std::size_t i = 0; i <= values.size(); ++i) {
    if (i < values.size() && std::isfinite(values[i])) {
      points += (length++ == 0 ? "" : " ") + point(panel.across(epochs[i]), panel.up(values[i]));
      continue;
    }
    if (length > 1) svg.polyline(points, colour, kStroke);
    if (length == 1) svg.circle(panel.across(epochs[i - 1]), panel.up(values[i - 1]), kDot - 1, colour, colour);
    points.clear();
    length = 0;
  }
}

/// The first entry that no other beats.
template <class Better>
std::optional<std::size_t> best(const std::vector<double>& values, Better better) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (std::isfinite(values[i]) && (!found || better(values[i], values[*found]))) found = i;
  return found;
}

void drawBest(Svg& svg, const Panel& panel, const std::vector<double>& epochs, const std::vector<double>& values,
              std::optional<std::size_t> at) {
  if (!at) return;
  const double x = panel.across(epochs[*at]);
  svg.line(x, kTop, x, kTop + kPanelHeight, kValidationColour, 1, "4 4");
  svg.circle(x, panel.up(values[*at]), kDot + 1, "#ffffff", kValidationColour);
  svg.text(panel.x + kPanelWidth, kTop - 14,
           "best validation " + fixed(values[*at], 4) + " in epoch " + fixed(epochs[*at], 0),
           {.size = 12, .anchor = "end", .fill = kValidationColour});
}

void drawLegend(Svg& svg, double x, double y) {
  constexpr double kSample = 26;
  constexpr double kStep = 96;
  for (const auto& [name, colour] : {std::pair{"training", kTrainColour}, std::pair{"validation", kValidationColour}}) {
    svg.line(x, y - 4, x + kSample, y - 4, colour, kStroke);
    svg.text(x + kSample + 8, y, name, {.size = 13, .anchor = "start"});
    x += kStep + kSample;
  }
}

template <class Better>
void drawPanel(Svg& svg, const Panel& panel, const std::vector<double>& epochs, const Curve& curve, Better better) {
  drawFrame(svg, panel);
  drawCurve(svg, panel, epochs, curve.train, kTrainColour);
  drawCurve(svg, panel, epochs, curve.validation, kValidationColour);
  drawBest(svg, panel, epochs, curve.validation, best(curve.validation, better));
}

constexpr double kPanel = kLeft + kPanelWidth + kRight;
constexpr double kHeight = kTop + kPanelHeight + kBottom;
constexpr double kTitleLine = 34;
constexpr double kLegendWidth = 222;

void drawLoss(Svg& svg, const History& history, double x) {
  drawPanel(svg, {"loss", x, epochAxis(history.epochs), valueAxis(history.loss)}, history.epochs, history.loss,
            std::less<>());
}

void drawAccuracy(Svg& svg, const History& history, double x) {
  drawPanel(svg, {"accuracy", x, epochAxis(history.epochs), valueAxis(history.accuracy)}, history.epochs,
            history.accuracy, std::greater<>());
}

template <class Draw>
std::string panelSvg(const History& history, const char* title, const Draw& draw) {
  Svg svg(kPanel, kHeight, title);
  drawLegend(svg, kLeft, kTitleLine);
  draw(svg, history, kLeft);
  return svg.finish();
}

}  // namespace

std::string curvesSvg(const History& history, const std::string& title) {
  Svg svg(2 * kPanel, kHeight, "Training curves of " + title);
  svg.text(kLeft, kTitleLine, shortened(title, 60), {.size = 18, .anchor = "start", .bold = true}, title);
  drawLegend(svg, 2 * kPanel - kRight - kLegendWidth, kTitleLine);
  drawLoss(svg, history, kLeft);
  drawAccuracy(svg, history, kPanel + kLeft);
  return svg.finish();
}

std::string lossSvg(const History& history) {
  return panelSvg(history, "Loss over the epochs", &drawLoss);
}

std::string accuracySvg(const History& history) {
  return panelSvg(history, "Accuracy over the epochs", &drawAccuracy);
}

}  // namespace fer::report
