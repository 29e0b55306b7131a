#include <algorithm>
#include <cmath>
#include <functional>

#include "report/comparison/words.hpp"
#include "report/page/plots.hpp"
#include "report/plot/colour_scale.hpp"
#include "report/plot/frame.hpp"
#include "report/text.hpp"

namespace fer::report {
namespace {

constexpr double kGrid = 264;
constexpr double kLeft = 84;
constexpr double kTop = 66;
constexpr double kEdge = 8;
constexpr double kBottom = 26;
constexpr std::size_t kMostNumbers = 10;  ///< classes; of more the cells are too small for numbers
constexpr std::size_t kLongestName = 9;

/// NaN where the class has no rows.
double share(const Entry& entry, std::size_t truth, std::size_t predicted) {
  const metrics::ConfusionMatrix& confusion = entry.summary().all.confusion;
  return static_cast<double>(confusion.at(truth, predicted)) / static_cast<double>(confusion.labelled(truth));
}

struct CellLook {
  std::string text;
  Colour colour;
};

void drawNames(Svg& svg, const std::vector<std::string>& classes, double cell) {
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const double middle = (static_cast<double>(i) + 0.5) * cell;
    const std::string name = shortened(classes[i], kLongestName);
    svg.text(kLeft - 6, kTop + middle + 4, name, {.size = 11, .anchor = "end", .fill = kInk}, classes[i]);
    svg.text(kLeft + middle + 3, kTop - 6, name, {.size = 11, .anchor = "start", .fill = kInk, .turn = -45},
             classes[i]);
  }
  svg.text(kLeft + kGrid / 2, kTop + kGrid + 18, "predicted", {.size = 12, .fill = kFaintInk});
  svg.text(12, kTop + kGrid / 2, "true", {.size = 12, .fill = kFaintInk, .turn = -90});
}

std::string draw(const ComparableSet& set, const std::string& title, const std::string& description,
                 const std::function<CellLook(std::size_t, std::size_t)>& look, const std::string& unit) {
  const std::size_t count = set.classes.size();
  const double cell = kGrid / static_cast<double>(count);
  Svg svg(kLeft + kGrid + kEdge + 24, kTop + kGrid + kBottom, title, description);
  for (std::size_t truth = 0; truth < count; ++truth)
    for (std::size_t predicted = 0; predicted < count; ++predicted) {
      const auto [text, colour] = look(truth, predicted);
      const double x = kLeft + static_cast<double>(predicted) * cell;
      const double y = kTop + static_cast<double>(truth) * cell;
      svg.rectangle(x, y, cell - 1, cell - 1, colour.hex(),
                    set.classes[truth] + " taken for " + set.classes[predicted] + ": " + text + unit);
      if (count <= kMostNumbers)
        svg.text(x + cell / 2, y + cell / 2 + 4, text, {.size = 11, .fill = readableOn(colour)});
    }
  drawNames(svg, set.classes, cell);
  return svg.finish();
}

}  // namespace

std::string confusionPlot(const ComparableSet& set, const Entry& entry) {
  std::string description = "Shares of each true class in per cent; recall, the diagonal:";
  for (std::size_t i = 0; i < set.classes.size(); ++i)
    description += " " + set.classes[i] + " " + percent(entry.summary().all.scores.per_class.at(i).recall, 0) + ";";
  return draw(
      set, "Confusion matrix of " + entry.name, description,
      [&](std::size_t truth, std::size_t predicted) {
        const double value = share(entry, truth, predicted);
        if (std::isnan(value)) return CellLook{"–", sequentialColour(0)};
        return CellLook{percent(value, 0), sequentialColour(value)};
      },
      " %");
}

std::string confusionDifferencePlot(const ComparableSet& set, const Entry& first, const Entry& second) {
  double largest = 0.05;
  for (std::size_t truth = 0; truth < set.classes.size(); ++truth)
    for (std::size_t predicted = 0; predicted < set.classes.size(); ++predicted)
      if (const double gap = std::abs(share(first, truth, predicted) - share(second, truth, predicted)); gap > largest)
        largest = gap;
  return draw(
      set, "Confusion matrix of " + first.name + " less that of " + second.name,
      "Differences of the shares of each true class in points: orange where " + first.name + " has more, blue where " +
          second.name + " has.",
      [&](std::size_t truth, std::size_t predicted) {
        const double gap = share(first, truth, predicted) - share(second, truth, predicted);
        if (std::isnan(gap)) return CellLook{"–", divergingColour(0)};
        const std::string text = percent(gap, 0);
        return CellLook{(gap > 0 && text != "0" ? "+" : "") + (text == "-0" ? "0" : text),
                        divergingColour(gap / largest)};
      },
      " points");
}

}  // namespace fer::report
