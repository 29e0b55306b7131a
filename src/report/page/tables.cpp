#include <algorithm>
#include <map>

#include "fer/core/text/joined.hpp"
#include "report/comparison/columns.hpp"
#include "report/comparison/other_labels.hpp"
#include "report/comparison/words.hpp"
#include "report/page/html.hpp"
#include "report/page/plots.hpp"
#include "report/page/sections.hpp"

namespace fer::report {
namespace {

HtmlTable::Cell plainCell(const EntryColumn& column, const Entry& entry) {
  HtmlTable::Cell cell{xmlText(column.text(entry)), column.number ? "n" : ""};
  const std::string interval = column.interval ? column.interval(entry) : "";
  if (!interval.empty()) cell.html += "<small>" + xmlText(interval) + "</small>";
  return cell;
}

HtmlTable::Cell cellOf(const ComparableSet& set, const EntryColumn& column, const Entry& entry) {
  HtmlTable::Cell cell = plainCell(column, entry);
  if (set.entries.size() > 1 && isBest(set, column, entry)) cell.classes += " best";
  return cell;
}

/// Runs that were measured on several machines cannot be compared in time.
std::string costNote(const ComparableSet& set) {
  std::map<std::string, std::string> machines;
  for (const Entry& entry : set.entries)
    if (const auto& cost = entry.summary().cost) {
      std::string& names = machines[cost->processor + ", " + std::to_string(cost->threads) +
                                    (cost->threads == 1 ? " thread" : " threads")];
      names += (names.empty() ? "" : ", ") + entry.name;
    }
  if (machines.empty()) return "";
  if (machines.size() == 1) return " Times were measured on " + machines.begin()->first + ".";
  std::string text = " Times were measured on different machines and are no comparison:";
  for (const auto& [machine, names] : machines) text += " " + machine + " (" + names + ");";
  text.back() = '.';
  return text;
}

std::string recipePairsTable(const ComparableSet& set) {
  if (set.recipe_pairs.empty()) return "";
  HtmlTable table("Recipes compared over their seeds");
  table.column("first");
  table.column("second");
  for (const char* heading : {"accuracy, points", "95 % interval", "p"}) table.column(heading, true);
  for (const RecipePair& pair : set.recipe_pairs) {
    const std::string look = pair.holm < kSignificance ? "n real" : "n same";
    table.row({{xmlText(set.recipes[pair.first].name)},
               {xmlText(set.recipes[pair.second].name)},
               {(pair.accuracy.difference > 0 ? "+" : "") + percent(pair.accuracy.difference), look},
               {percentRange(pair.accuracy.interval), "n"},
               {xmlText(pValue(pair.holm)), look}});
  }
  return element("h3", "Recipes compared over their seeds") +
         element("p",
                 "First less second; Welch's t test, p corrected by Holm's method. Few seeds make wide intervals.") +
         table.html();
}

/// Each value with its runs below it, or the value alone where all agree.
std::string valuesOf(const KeyValues& key) {
  const std::map<std::string, std::string> names = runsOf(key);
  if (key.alike) return xmlText(names.begin()->first);
  std::string text;
  for (const auto& [value, list] : names) text += element("b", xmlText(value)) + element("small", xmlText(list));
  return text;
}

std::string keysTable(const std::string& caption, const std::vector<KeyValues>& keys) {
  HtmlTable table(caption);
  table.column("key");
  table.column("value");
  for (const KeyValues& key : keys) table.row({{xmlText(key.key)}, {valuesOf(key), "wide"}});
  return table.html();
}

}  // namespace

PageSection rankedSection(const ComparableSet& set, const std::filesystem::path& home) {
  HtmlTable table("Ranked table");
  const std::vector<EntryColumn> columns = entryColumns(set);
  table.column("run");
  for (const EntryColumn& column : columns) table.column(column.heading, column.number);
  for (std::size_t i = 0; i < set.entries.size(); ++i) {
    const Entry& entry = set.entries[i];
    const std::string name = xmlText(entry.name);
    std::vector<HtmlTable::Cell> cells{
        {std::to_string(i + 1) + ".&nbsp;" +
         (entry.folds ? name : "<a href=\"" + reportLink(entry, home) + "\">" + name + "</a>")}};
    for (const EntryColumn& column : columns) cells.push_back(cellOf(set, column, entry));
    table.row(std::move(cells));
  }
  const std::string note =
      "Scores are per cent, under each its 95 % interval (BCa bootstrap over the images); higher is better, for "
      "the expected calibration error (ECE) lower. Runs that share a letter of their group do not differ in accuracy "
      "beyond chance. Leak-free accuracy leaves out the images that also stand, pixel for pixel, in the run's training "
      "rows." +
      costNote(set);
  std::string ensembles;
  for (const std::string& sentence : entrySentences(set)) ensembles += " " + sentence;
  return {"ranking", "Ranking",
          table.html() + element("p", xmlText(note + ensembles), "class=\"note\"") +
              element("div",
                      figure("Accuracy with its interval and group", intervalsPlot(set),
                             std::any_of(set.entries.begin(), set.entries.end(),
                                         [](const Entry& entry) { return entry.published.has_value(); })
                                 ? "A diamond is what the original project published for the model."
                                 : ""),
                      "class=\"card\" style=\"margin-top:14px\"")};
}

PageSection otherLabelsSection(const ComparableSet& set) {
  const std::vector<const Entry*> entries = withOtherLabels(set);
  if (entries.empty()) return {};
  HtmlTable table(kOtherLabelsTitle);
  const std::vector<EntryColumn> columns = otherLabelsColumns();
  table.column("run");
  for (const EntryColumn& column : columns) table.column(column.heading, column.number);
  for (const Entry* entry : entries) {
    std::vector<HtmlTable::Cell> cells{{xmlText(entry->name)}};
    for (const EntryColumn& column : columns) cells.push_back(plainCell(column, *entry));
    table.row(std::move(cells));
  }
  return {"other-labels", kOtherLabelsTitle, element("p", xmlText(kOtherLabelsNote)) + table.html()};
}

PageSection publishedSection(const ComparableSet& set) {
  HtmlTable table("Beside the original's published scores");
  table.column("run");
  table.column("model");
  for (const char* heading : {"accuracy", "balanced accuracy", "weighted F1", "weighted precision"})
    table.column(heading, true);
  const auto both = [](double ours, double theirs) {
    return HtmlTable::Cell{percent(ours) + " / " + percent(theirs), "n"};
  };
  bool any = false;
  for (const Entry& entry : set.entries) {
    if (!entry.published) continue;
    any = true;
    const metrics::Scores& scores = entry.summary().all.scores;
    table.row({{xmlText(entry.name)},
               {xmlText(entry.summary().model)},
               both(scores.accuracy, entry.published->accuracy),
               both(scores.balanced_accuracy, entry.published->balanced_accuracy),
               both(scores.weighted.f1, entry.published->f1),
               both(scores.weighted.precision, entry.published->precision)});
  }
  if (!any) return {};
  return {"published", "Beside the original's published scores",
          element("p", "Ours / published, per cent, on the same 7,178 images.") + table.html()};
}

PageSection recipesSection(const ComparableSet& set) {
  if (set.recipes.empty()) return {};
  HtmlTable table("Runs that differ in their seed alone");
  table.column("recipe of");
  table.column("seeds");
  for (const char* heading : {"n", "accuracy", "macro F1", "balanced accuracy"}) table.column(heading, true);
  for (const Recipe& recipe : set.recipes) {
    table.row({{xmlText(recipe.name)},
               {xmlText(joined(recipe.seeds))},
               {std::to_string(recipe.entries.size()), "n"},
               {spreadText(recipe.accuracy), "n"},
               {spreadText(recipe.macro_f1), "n"},
               {spreadText(recipe.balanced_accuracy), "n"}});
  }
  return {"seeds", "Runs that differ in their seed alone",
          element("p",
                  "Mean and sample standard deviation over the runs of a recipe, per cent. Differences between recipes "
                  "that are smaller than these deviations may be the seed's.") +
              table.html() + recipePairsTable(set)};
}

PageSection configsSection(const Comparison& comparison) {
  if (comparison.config_differences.empty()) return {};
  return {"configs", "In what the configs differ", keysTable("Config differences", comparison.config_differences)};
}

PageSection environmentSection(const Comparison& comparison) {
  if (comparison.environment.empty()) return {};
  return {"environment", "Where the runs were made", keysTable("Environment", comparison.environment)};
}

PageSection limitsSection(const Comparison& comparison) {
  std::string items;
  for (const std::string& limit : limits(comparison)) items += element("li", xmlText(limit));
  return {"limits", "What these scores are worth", element("ul", items)};
}

}  // namespace fer::report
