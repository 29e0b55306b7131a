#include <algorithm>
#include <cstdint>
#include <map>

#include "fer/core/text/numbers.hpp"
#include "report/comparison/words.hpp"
#include "report/page/html.hpp"
#include "report/page/plots.hpp"
#include "report/page/sections.hpp"
#include "report/plot/frame.hpp"

namespace fer::report {
namespace {

constexpr std::size_t kMostBars = 7;  ///< entries in the bars of classes: as many as there are colours

std::string card(const std::string& html, const std::string& classes = "") {
  return element("div", html, "class=\"card " + classes + "\"");
}

std::string plots(const std::string& figures, bool small = false) {
  return element("div", figures, small ? "class=\"plots small\"" : "class=\"plots\"");
}

std::string classTable(const ComparableSet& set) {
  HtmlTable table("Recall and F1 of each class");
  table.column("run");
  for (const std::string& name : set.classes) table.column(name, true);
  for (const Entry& entry : set.entries) {
    std::vector<HtmlTable::Cell> cells{{xmlText(entry.name)}};
    for (const metrics::ClassScores& scores : entry.summary().all.scores.per_class)
      cells.push_back({percent(scores.recall, 1) + "<small>F1 " + percent(scores.f1, 1) + "</small>", "n"});
    table.row(std::move(cells));
  }
  return table.html();
}

/// Every disturbance that any entry was measured under, in the order that the first of them has.
std::vector<std::string> disturbancesOf(const ComparableSet& set) {
  std::vector<std::string> names;
  for (const Entry& entry : set.entries)
    if (entry.evaluated.robustness)
      for (const metrics::RobustnessCurve& curve : entry.evaluated.robustness->curves)
        if (std::find(names.begin(), names.end(), curve.disturbance) == names.end()) names.push_back(curve.disturbance);
  return names;
}

std::string areaCell(const metrics::Robustness& robustness, const std::string& disturbance) {
  for (const metrics::RobustnessCurve& curve : robustness.curves)
    if (curve.disturbance == disturbance) return percent(curve.area, 1);
  return "";
}

std::string worstSlice(const metrics::Robustness& robustness) {
  const auto worst = std::min_element(robustness.slices.begin(), robustness.slices.end(),
                                      [](const auto& a, const auto& b) { return a.accuracy < b.accuracy; });
  if (worst == robustness.slices.end()) return "";
  return xmlText(worst->name) + ": " + percent(worst->accuracy, 1) + "<small>" + percentRange(worst->interval, 1) +
         ", " + grouped(worst->rows) + " images</small>";
}

std::string robustnessTable(const ComparableSet& set, const std::vector<std::string>& disturbances) {
  HtmlTable table("Mean accuracy under each disturbance, and the worst slice");
  table.column("run");
  for (const std::string& name : disturbances) table.column(name, true);
  table.column("worst slice");
  for (const Entry& entry : set.entries) {
    if (!entry.evaluated.robustness) continue;
    std::vector<HtmlTable::Cell> cells{{xmlText(entry.name)}};
    for (const std::string& name : disturbances) cells.push_back({areaCell(*entry.evaluated.robustness, name), "n"});
    cells.push_back({worstSlice(*entry.evaluated.robustness)});
    table.row(std::move(cells));
  }
  return table.html();
}

/// How many images the curves speak of, where those are not all.
std::string measuredOn(const ComparableSet& set) {
  std::map<std::int64_t, std::string> names;
  std::size_t measured = 0;
  std::size_t fewer = 0;
  for (const Entry& entry : set.entries) {
    if (!entry.evaluated.robustness) continue;
    ++measured;
    const std::int64_t rows = entry.evaluated.robustness->rows;
    if (rows == 0 || rows >= set.rows) continue;
    ++fewer;
    names[rows] += (names[rows].empty() ? "" : ", ") + entry.name;
  }
  if (names.empty()) return "";
  const std::string all = " of the " + grouped(set.rows) + " images";
  if (names.size() == 1 && fewer == measured)
    return " The curves and their means are of " + grouped(names.begin()->first) + all + ".";
  std::string text;
  for (const auto& [rows, list] : names) text += (text.empty() ? " " : "; ") + grouped(rows) + all + " (" + list + ")";
  return " Some curves and their means are of fewer images:" + text + ".";
}

}  // namespace

std::string figure(const std::string& caption, const std::string& picture, const std::string& note) {
  if (picture.empty()) return "";
  const std::string extra = note.empty() ? "" : " <small>" + xmlText(note) + "</small>";
  return element("figure", element("figcaption", xmlText(caption) + extra) + picture);
}

std::string legend(const ComparableSet& set, const std::function<bool(std::size_t)>& drawn) {
  std::string items;
  for (std::size_t i = 0; i < set.entries.size(); ++i) {
    if (!drawn(i)) continue;
    const SeriesStyle style = seriesStyle(i);
    const std::string dash = style.dash.empty() ? "" : " stroke-dasharray=\"" + style.dash + "\"";
    items += element(
        "li", "<svg viewBox=\"0 0 30 12\" aria-hidden=\"true\"><line x1=\"1\" y1=\"6\" x2=\"29\" y2=\"6\" stroke=\"" +
                  style.colour + "\" stroke-width=\"4\"" + dash + "/></svg>" + std::to_string(i + 1) + ". " +
                  xmlText(set.entries[i].name));
  }
  return element("ul", items, "class=\"legend\"");
}

PageSection costSection(const ComparableSet& set) {
  return {"cost", "Accuracy against cost",
          card(legend(set, [](std::size_t) { return true; }) +
               plots(figure("Milliseconds a face", costPlot(set, CostKind::kTime)) +
                     figure("Parameters", costPlot(set, CostKind::kParameters)))) +
              element("p",
                      "Bars are 95 % intervals; the numbers are ranks; a dashed tick is the score that the original "
                      "published for the model, where it did.",
                      "class=\"note\"")};
}

PageSection trainingSection(const ComparableSet& set) {
  const std::string curves = figure("Validation accuracy", trainingPlot(set, CurveKind::kAccuracy)) +
                             figure("Validation loss", trainingPlot(set, CurveKind::kLoss));
  if (curves.empty()) return {};
  const auto drawn = [&](std::size_t i) { return set.entries[i].history && !set.entries[i].history->epochs.empty(); };
  return {"training", "Training", card(legend(set, drawn) + plots(curves))};
}

PageSection confusionSection(const ComparableSet& set) {
  std::string figures;
  for (const Entry& entry : set.entries) figures += figure(entry.name, confusionPlot(set, entry));
  if (set.entries.size() > 1)
    figures += figure(set.entries[0].name + " less " + set.entries[1].name,
                      confusionDifferencePlot(set, set.entries[0], set.entries[1]), "points");
  return {"confusion", "What is taken for what",
          element("p", "Each row is a true class and adds up to 100 per cent; the diagonal is recall.") +
              card(plots(figures, true))};
}

PageSection classesSection(const ComparableSet& set) {
  const std::string note = set.entries.size() > kMostBars
                               ? "The bars show the first " + std::to_string(kMostBars) + " runs; the table shows all."
                               : "";
  return {"classes", "Classes",
          card(legend(set, [](std::size_t i) { return i < kMostBars; }) +
               plots(figure("Recall", classBarsPlot(set, ClassScore::kRecall, kMostBars)) +
                     figure("F1", classBarsPlot(set, ClassScore::kF1, kMostBars)))) +
              (note.empty() ? "" : element("p", note, "class=\"note\"")) +
              element("h3", "Recall, and F1 below it, per cent") + classTable(set)};
}

PageSection reliabilitySection(const ComparableSet& set) {
  std::string figures;
  for (const Entry& entry : set.entries) {
    std::string note = "ECE " + percent(entry.score(metrics::Score::kEce)) + " %";
    if (const auto& calibration = entry.summary().calibration)
      note += "; with temperature " + fixed(calibration->temperature, 2) + ": " + percent(calibration->ece) + " %";
    figures += figure(entry.name, reliabilityPlot(entry), note);
  }
  return {
      "reliability", "Can the confidence be believed?",
      element("p",
              "Bars: the share of right predictions at each confidence; on the dashed line it is what the model "
              "promised, below it the model is too sure. The light strip shows how many images a bar speaks of. ECE "
              "is the mean distance to the line. A temperature is fitted on validation images alone.") +
          card(plots(figures, true))};
}

PageSection robustnessSection(const ComparableSet& set) {
  const std::vector<std::string> disturbances = disturbancesOf(set);
  if (disturbances.empty()) return {};
  std::string figures;
  for (const std::string& name : disturbances) figures += figure(name, robustnessPlot(set, name));
  const auto drawn = [&](std::size_t i) { return set.entries[i].evaluated.robustness.has_value(); };
  return {
      "robustness", "Robustness",
      element("p",
              "Accuracy when the images are disturbed; the dotted line is the undisturbed image. The table gives the "
              "mean accuracy over each curve's levels in per cent (the area under it) and the worst slice: a quarter "
              "of all images by their own brightness or contrast." +
                  xmlText(measuredOn(set))) +
          card(legend(set, drawn) + plots(figures, true)) + element("h3", "Areas and the worst slice") +
          robustnessTable(set, disturbances)};
}

}  // namespace fer::report
