#include <functional>

#include "fer/core/text/numbers.hpp"
#include "report/comparison/words.hpp"
#include "report/page/html.hpp"
#include "report/page/sections.hpp"
#include "report/plot/colour_scale.hpp"

namespace fer::report {
namespace {

/// A square of the set's entries; the diagonal is empty.
std::string square(const ComparableSet& set, const std::string& caption,
                   const std::function<HtmlTable::Cell(const Pair&, bool turned)>& cell) {
  HtmlTable table(caption, "grid");
  table.column("");
  for (std::size_t i = 0; i < set.entries.size(); ++i) table.column(std::to_string(i + 1));
  for (std::size_t row = 0; row < set.entries.size(); ++row) {
    const std::string& letters = set.entries[row].letters;
    std::vector<HtmlTable::Cell> cells{{std::to_string(row + 1) + ".&nbsp;" + xmlText(set.entries[row].name) +
                                        " <small>" + xmlText(letters) + "</small>"}};
    for (std::size_t column = 0; column < set.entries.size(); ++column)
      cells.push_back(row == column ? HtmlTable::Cell{"·", "self"} : cell(set.pair(row, column), row > column));
    table.row(std::move(cells));
  }
  return table.html();
}

/// The row's score less the column's, in points, and the p value.
HtmlTable::Cell testCell(double difference, double p, bool turned, const std::string& tip) {
  const double shown = turned ? 0 - difference : difference;  // 0 has no sign
  return {
      (shown > 0 ? "+" : "") + percent(shown) + "<small>p " + (p < 0.001 ? "" : "= ") + xmlText(pValue(p)) + "</small>",
      p < kSignificance ? "real" : "same", tip};
}

HtmlTable::Cell accuracyCell(const ComparableSet& set, const Pair& pair, bool turned) {
  const double difference =
      static_cast<double>(pair.accuracy.only_first - pair.accuracy.only_second) / static_cast<double>(set.rows);
  return testCell(difference, pair.accuracy_holm, turned,
                  "only " + set.entries[pair.first].name + " right: " + grouped(pair.accuracy.only_first) + "; only " +
                      set.entries[pair.second].name + " right: " + grouped(pair.accuracy.only_second) +
                      "; p without correction " + pValue(pair.accuracy.exact));
}

HtmlTable::Cell bootstrapCell(const ComparableSet& set, const Pair& pair, const metrics::Difference& difference,
                              double holm, bool turned) {
  return testCell(difference.estimate, holm, turned,
                  set.entries[pair.first].name + " less " + set.entries[pair.second].name + ": 95 % interval " +
                      percentRange(difference.interval) + " points; p without correction " + pValue(difference.p));
}

}  // namespace

PageSection pairsSection(const ComparableSet& set) {
  if (set.pairs.empty()) return {};
  const std::string intro =
      "Each cell: the row's score less the column's in points, and how likely chance alone makes a difference as large "
      "(p, corrected for all " +
      std::to_string(set.pairs.size()) +
      " pairs by Holm's method). Coloured and bold: real at the 5 % level. Grey: no real difference. The letters group "
      "runs that do not differ in accuracy. The smallest p that the bootstrap's draws allow after the correction is " +
      pValue(2 * static_cast<double>(set.pairs.size()) / static_cast<double>(set.draws + 1)) + ".";
  return {"pairs", "Which differences are real",
          element("p", xmlText(intro)) + element("h3", "Accuracy (McNemar's exact test)") +
              square(set, "Paired tests of accuracy",
                     [&](const Pair& pair, bool turned) { return accuracyCell(set, pair, turned); }) +
              element("h3", "Macro F1 (paired bootstrap, " + grouped(static_cast<long long>(set.draws)) + " draws)") +
              square(set, "Paired tests of macro F1",
                     [&](const Pair& pair, bool turned) {
                       return bootstrapCell(set, pair, pair.macro_f1, pair.macro_f1_holm, turned);
                     }) +
              element("h3", "Balanced accuracy (paired bootstrap)") +
              square(set, "Paired tests of balanced accuracy", [&](const Pair& pair, bool turned) {
                return bootstrapCell(set, pair, pair.balanced_accuracy, pair.balanced_accuracy_holm, turned);
              })};
}

PageSection agreementSection(const ComparableSet& set) {
  if (set.pairs.empty()) return {};
  HtmlTable table("Agreement between models", "grid");
  table.column("");
  for (std::size_t i = 0; i < set.entries.size(); ++i) table.column(std::to_string(i + 1));
  for (std::size_t row = 0; row < set.entries.size(); ++row) {
    std::vector<HtmlTable::Cell> cells{{std::to_string(row + 1) + ".&nbsp;" + xmlText(set.entries[row].name)}};
    for (std::size_t column = 0; column < set.entries.size(); ++column) {
      if (row == column) {
        cells.push_back({"·", "self"});
        continue;
      }
      const double kappa = set.pair(row, column).kappa;
      const Colour colour = sequentialColour(kappa);
      cells.push_back({"<span class=\"heat\" style=\"background:" + colour.hex() + ";color:" + readableOn(colour) +
                       "\">" + fixed(kappa, 2) + "</span>"});
    }
    table.row(std::move(cells));
  }
  return {"agreement", "Agreement between models",
          element("p",
                  "Cohen's kappa of two models' predictions: 1 where they always agree, 0 where they agree as chance "
                  "would have it. Models that agree little may gain from being averaged.") +
              table.html()};
}

}  // namespace fer::report
