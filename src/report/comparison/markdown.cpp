
#include "fer/core/text/joined.hpp"
#include "fer/core/text/numbers.hpp"
#include "fer/report/comparison/writers.hpp"
#include "report/comparison/columns.hpp"
#include "report/comparison/other_labels.hpp"
#include "report/comparison/words.hpp"
#include "report/markdown_table.hpp"
#include "report/text.hpp"

namespace fer::report {
namespace {

using Align = MarkdownTable::Align;

std::string rankedTable(const ComparableSet& set, const std::filesystem::path& home) {
  const std::vector<EntryColumn> columns = entryColumns(set);
  MarkdownTable table;
  table.column("run", Align::kLeft);
  for (const EntryColumn& column : columns) table.column(column.heading, column.number ? Align::kRight : Align::kLeft);
  for (const Entry& entry : set.entries) {
    const std::string name = markdownText(entry.name);
    std::vector<std::string> cells{entry.folds ? name : "[" + name + "](" + reportLink(entry, home) + ")"};
    for (const EntryColumn& column : columns) {
      std::string cell = markdownText(column.text(entry));
      if (set.entries.size() > 1 && isBest(set, column, entry)) cell = "**" + cell + "**";
      if (column.interval) cell += " (" + column.interval(entry) + ")";
      cells.push_back(std::move(cell));
    }
    table.row(std::move(cells));
  }
  return table.text();
}

/// "+1.25 (0.30 to 2.20), p = 0.032".
std::string cell(const metrics::Difference& difference, double holm) {
  return (difference.estimate >= 0 ? "+" : "") + percent(difference.estimate) + " (" +
         percentRange(difference.interval) + "), p " + (holm < 0.001 ? "" : "= ") + pValue(holm);
}

std::string pairsTable(const ComparableSet& set) {
  if (set.pairs.empty()) return "";
  MarkdownTable table;
  for (const char* heading : {"first", "second"}) table.column(heading, Align::kLeft);
  for (const char* heading :
       {"only first right", "only second right", "accuracy: p", "macro F1", "balanced accuracy", "agreement (kappa)"})
    table.column(heading, Align::kRight);
  for (const Pair& pair : set.pairs)
    table.row({markdownText(set.entries[pair.first].name), markdownText(set.entries[pair.second].name),
               grouped(pair.accuracy.only_first), grouped(pair.accuracy.only_second),
               markdownText(pValue(pair.accuracy_holm)), markdownText(cell(pair.macro_f1, pair.macro_f1_holm)),
               markdownText(cell(pair.balanced_accuracy, pair.balanced_accuracy_holm)), fixed(pair.kappa, 3)});
  return "\n### Every two runs\n\n" + table.text() +
         "\nAccuracy: McNemar's exact test. Macro F1 and balanced accuracy: first less second in points with the 95 % "
         "interval of the paired bootstrap. Every p is corrected for the number of pairs (Holm).\n";
}

std::string recipesTable(const ComparableSet& set) {
  if (set.recipes.empty()) return "";
  MarkdownTable table;
  for (const char* heading : {"recipe of", "seeds"}) table.column(heading, Align::kLeft);
  for (const char* heading : {"n", "accuracy", "macro F1", "balanced accuracy"}) table.column(heading, Align::kRight);
  for (const Recipe& recipe : set.recipes) {
    table.row({markdownText(recipe.name), markdownText(joined(recipe.seeds)), std::to_string(recipe.entries.size()),
               spreadText(recipe.accuracy), spreadText(recipe.macro_f1), spreadText(recipe.balanced_accuracy)});
  }
  return "\n### Runs that differ in their seed alone\n\nMean and standard deviation over the runs.\n\n" + table.text();
}

std::string recipePairsTable(const ComparableSet& set) {
  if (set.recipe_pairs.empty()) return "";
  MarkdownTable table;
  for (const char* heading : {"first", "second"}) table.column(heading, Align::kLeft);
  table.column("accuracy", Align::kRight);
  for (const RecipePair& pair : set.recipe_pairs) {
    const metrics::Difference difference{pair.accuracy.difference, pair.accuracy.interval, pair.accuracy.p};
    table.row({markdownText(set.recipes[pair.first].name), markdownText(set.recipes[pair.second].name),
               markdownText(cell(difference, pair.holm))});
  }
  return "\nRecipes compared over their seeds: first less second in points with the 95 % interval (Welch's t test, p "
         "corrected by Holm).\n\n" +
         table.text();
}

std::string publishedTable(const ComparableSet& set) {
  MarkdownTable table;
  table.column("run", Align::kLeft);
  table.column("model", Align::kLeft);
  for (const char* heading : {"accuracy", "balanced accuracy", "weighted F1", "weighted precision"})
    table.column(heading, Align::kRight);
  bool any = false;
  const auto both = [](double ours, double theirs) { return percent(ours) + " / " + percent(theirs); };
  for (const Entry& entry : set.entries) {
    if (!entry.published) continue;
    any = true;
    const metrics::Scores& scores = entry.summary().all.scores;
    table.row({markdownText(entry.name), markdownText(entry.summary().model),
               both(scores.accuracy, entry.published->accuracy),
               both(scores.balanced_accuracy, entry.published->balanced_accuracy),
               both(scores.weighted.f1, entry.published->f1),
               both(scores.weighted.precision, entry.published->precision)});
  }
  if (!any) return "";
  return "\n### Beside the original project's published scores\n\nOurs / published, per cent, on the same 7,178 "
         "images.\n\n" +
         table.text();
}

std::string otherLabelsTable(const ComparableSet& set) {
  const std::vector<const Entry*> entries = withOtherLabels(set);
  if (entries.empty()) return "";
  const std::vector<EntryColumn> columns = otherLabelsColumns();
  MarkdownTable table;
  table.column("run", Align::kLeft);
  for (const EntryColumn& column : columns) table.column(column.heading, column.number ? Align::kRight : Align::kLeft);
  for (const Entry* entry : entries) {
    std::vector<std::string> cells{markdownText(entry->name)};
    for (const EntryColumn& column : columns) {
      const std::string interval = column.interval ? column.interval(*entry) : "";
      cells.push_back(markdownText(column.text(*entry)) + (interval.empty() ? "" : " (" + interval + ")"));
    }
    table.row(std::move(cells));
  }
  return std::string("\n### ") + kOtherLabelsTitle + "\n\n" + markdownText(kOtherLabelsNote) + "\n\n" + table.text();
}

std::string keysTable(const std::string& title, const std::vector<KeyValues>& keys) {
  if (keys.empty()) return "";
  MarkdownTable table;
  table.column("key", Align::kLeft);
  table.column("values", Align::kLeft);
  for (const KeyValues& key : keys) {
    const std::map<std::string, std::string> names = runsOf(key);
    std::string values;
    for (const auto& [value, list] : names) values += (values.empty() ? "" : "; ") + value + " (" + list + ")";
    table.row({markdownText(key.key), markdownText(key.alike ? names.begin()->first : values)});
  }
  return "\n## " + title + "\n\n" + table.text();
}

std::string setText(const ComparableSet& set, const std::filesystem::path& home) {
  std::string text = "\n## " + markdownText(setTitle(set)) + "\n\n";
  for (const std::string& sentence : headline(set)) text += markdownText(sentence) + "\n";
  std::string ensembles;
  for (const std::string& sentence : entrySentences(set)) ensembles += "\n" + markdownText(sentence) + "\n";
  return text + "\n" + rankedTable(set, home) +
         "\nScores are per cent with their 95 % intervals (BCa bootstrap). Runs that share a letter of their group do "
         "not differ in accuracy beyond chance. Leak-free accuracy leaves out the images that also stand, pixel for "
         "pixel, in the run's training rows.\n" +
         ensembles + pairsTable(set) + recipesTable(set) + recipePairsTable(set) + otherLabelsTable(set) +
         publishedTable(set);
}

}  // namespace

std::string comparisonMarkdown(const Comparison& comparison, const std::filesystem::path& home) {
  std::string text = "# Runs on the " + comparison.split + " split\n";
  if (const std::string apart = apartSentence(comparison); !apart.empty()) {
    text += "\n" + apart + " They differ in\n\n";
    for (const std::string& reason : comparison.apart) text += "- " + markdownText(reason) + "\n";
  }
  for (const ComparableSet& set : comparison.sets) text += setText(set, home);
  if (!comparison.open.empty()) text += "\n## Not compared\n\n";
  for (const std::string& open : comparison.open) text += "- " + open + "\n";
  text += keysTable("In what the configs differ", comparison.config_differences) +
          keysTable("Where the runs were made", comparison.environment) + "\n## What these scores are worth\n\n";
  for (const std::string& limit : limits(comparison)) text += "- " + markdownText(limit) + "\n";
  return text;
}

}  // namespace fer::report
