#include "report/plot/confusion_svg.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "fer/core/text/numbers.hpp"
#include "report/plot/colour_scale.hpp"
#include "report/plot/svg.hpp"
#include "report/text.hpp"

namespace fer::report {
namespace {

constexpr std::size_t kLongestName = 32;  ///< characters; longer class names are cut
constexpr double kEdge = 20;              ///< empty border of the picture
constexpr double kTitleHeight = 62;
constexpr double kAxisTitle = 26;  ///< room for "true" and "predicted"
constexpr double kGap = 8;         ///< between the grid and the class names
constexpr double kNameSize = 13;
constexpr double kTurn = 40;    ///< degrees by which names too wide for their column are turned
constexpr double kSpace = 1.5;  ///< between cells

/// Where everything stands, from the number of classes and the lengths of the texts.
struct Layout {
  double cell = 0;
  double grid_x = 0;
  double grid_y = kEdge + kTitleHeight;
  double grid = 0;  ///< side of the square of cells
  double width = 0;
  double height = 0;
  bool turned = false;  ///< the names below the columns
};

struct Texts {
  std::string title;
  std::string subtitle;
  std::vector<std::string> names;  ///< of the classes, cut
};

constexpr double kTitleSize = 18;
constexpr double kSubtitleSize = 13;

double cellSide(std::size_t classes) {
  constexpr std::size_t kFew = 8;
  constexpr std::size_t kMany = 12;
  if (classes <= kFew) return 68;
  return classes <= kMany ? 56 : 44;
}

Layout layoutOf(const Texts& texts) {
  Layout layout;
  double longest = 0;
  for (const std::string& name : texts.names) longest = std::max(longest, textWidth(name, kNameSize));
  layout.cell = cellSide(texts.names.size());
  layout.grid = layout.cell * static_cast<double>(texts.names.size());
  layout.turned = longest > layout.cell - kSpace;
  const double angle = kTurn * std::numbers::pi / 180;
  const double below = layout.turned ? longest * std::sin(angle) + kNameSize : kNameSize;
  const double left = kEdge + kAxisTitle + longest + kGap;
  const double needed =
      std::max(textWidth(texts.title, kTitleSize), textWidth(texts.subtitle, kSubtitleSize)) + 2 * kEdge;
  layout.width = std::max(left + layout.grid + kEdge, needed);
  layout.grid_x = left + (layout.width - (left + layout.grid + kEdge)) / 2;
  layout.height = layout.grid_y + layout.grid + kGap + below + kAxisTitle + kEdge;
  return layout;
}

Texts textsOf(const metrics::Summary& summary, Cells cells) {
  Texts texts;
  texts.title = summary.run + ": " + summary.split + " split";
  texts.subtitle = "accuracy " + fixed(summary.all.scores.accuracy, 4) + " on " + grouped(summary.all.scores.rows) +
                   " rows; " + (cells == Cells::kCounts ? "cells count rows" : "cells are shares of the true class");
  for (const std::string& name : summary.classes) texts.names.push_back(shortened(name, kLongestName));
  return texts;
}

/// What a cell says and how dark it is, from 0 to 1.
struct Cell {
  std::string text;
  double value = 0;
  bool empty = false;  ///< a share of a class without rows
};

Cell cellOf(const metrics::ConfusionMatrix& confusion, std::size_t truth, std::size_t predicted, Cells cells,
            double largest) {
  const auto count = static_cast<double>(confusion.at(truth, predicted));
  if (cells == Cells::kCounts)
    return {std::to_string(confusion.at(truth, predicted)), largest > 0 ? count / largest : 0, false};
  const auto rows = static_cast<double>(confusion.labelled(truth));
  if (rows == 0) return {"–", 0, true};
  return {fixed(count / rows, 2), count / rows, false};
}

double largestCount(const metrics::ConfusionMatrix& confusion) {
  std::int64_t largest = 0;
  for (std::size_t truth = 0; truth < confusion.classes(); ++truth)
    for (std::size_t predicted = 0; predicted < confusion.classes(); ++predicted)
      largest = std::max(largest, confusion.at(truth, predicted));
  return static_cast<double>(largest);
}

void drawCells(Svg& svg, const Layout& layout, const metrics::ConfusionMatrix& confusion, Cells cells) {
  const double largest = largestCount(confusion);
  for (std::size_t truth = 0; truth < confusion.classes(); ++truth) {
    for (std::size_t predicted = 0; predicted < confusion.classes(); ++predicted) {
      const Cell cell = cellOf(confusion, truth, predicted, cells, largest);
      const Colour colour = cell.empty ? Colour{0xee, 0xee, 0xee} : sequentialColour(cell.value);
      const double x = layout.grid_x + layout.cell * static_cast<double>(predicted);
      const double y = layout.grid_y + layout.cell * static_cast<double>(truth);
      svg.rectangle(x + kSpace / 2, y + kSpace / 2, layout.cell - kSpace, layout.cell - kSpace, colour.hex());
      constexpr double kBoldIsWider = 1.15;
      const double room = (layout.cell - kGap) / kBoldIsWider;
      const double size = std::min({17.0, layout.cell * 0.3, room / textWidth(cell.text, 1)});
      const std::string fill = readableOn(colour);
      svg.text(x + layout.cell / 2, y + layout.cell / 2 + size * 0.35, cell.text,
               {.size = size, .fill = fill, .bold = truth == predicted});
    }
  }
}

void drawNames(Svg& svg, const Layout& layout, const std::vector<std::string>& names,
               const std::vector<std::string>& full) {
  const double bottom = layout.grid_y + layout.grid + kGap;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const double middle = layout.cell * (static_cast<double>(i) + 0.5);
    const std::string tip = names[i] == full[i] ? "" : full[i];
    svg.text(layout.grid_x - kGap, layout.grid_y + middle + kNameSize * 0.35, names[i],
             {.size = kNameSize, .anchor = "end"}, tip);
    TextStyle style{.size = kNameSize};
    if (layout.turned) style = {.size = kNameSize, .anchor = "end", .turn = -kTurn};
    svg.text(layout.grid_x + middle, bottom + kNameSize * 0.8, names[i], style, tip);
  }
}

void drawTitles(Svg& svg, const Layout& layout, const Texts& texts) {
  svg.text(layout.width / 2, kEdge + kTitleSize, texts.title, {.size = kTitleSize, .bold = true});
  svg.text(layout.width / 2, kEdge + kTitleSize + 22, texts.subtitle, {.size = kSubtitleSize, .fill = "#52606d"});
  const double middle = layout.grid / 2;
  const TextStyle axis{.size = 14, .bold = true};
  svg.text(layout.grid_x + middle, layout.height - kEdge, "predicted", axis);
  TextStyle upright = axis;
  upright.turn = -90;
  double longest = 0;
  for (const std::string& name : texts.names) longest = std::max(longest, textWidth(name, kNameSize));
  svg.text(layout.grid_x - kGap - longest - kGap, layout.grid_y + middle, "true", upright);
}

}  // namespace

std::string confusionSvg(const metrics::Summary& summary, Cells cells) {
  const Texts texts = textsOf(summary, cells);
  const Layout layout = layoutOf(texts);
  Svg svg(layout.width, layout.height, "Confusion matrix of " + texts.title);
  drawTitles(svg, layout, texts);
  drawCells(svg, layout, summary.all.confusion, cells);
  drawNames(svg, layout, texts.names, summary.classes);
  return svg.finish();
}

}  // namespace fer::report
