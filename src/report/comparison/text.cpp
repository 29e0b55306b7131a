#include "report/text.hpp"
#include "fer/report/comparison/writers.hpp"
#include "report/comparison/columns.hpp"
#include "report/comparison/words.hpp"
#include "report/markdown_table.hpp"

namespace fer::report {
namespace {

using Align = MarkdownTable::Align;

std::string rankedTable(const ComparableSet& set) {
  const std::vector<EntryColumn> columns = entryColumns(set);
  MarkdownTable table;
  table.column("run", Align::kLeft);
  for (const EntryColumn& column : columns) table.column(column.heading, column.number ? Align::kRight : Align::kLeft);
  for (const Entry& entry : set.entries) {
    std::vector<std::string> cells{markdownText(entry.name)};
    for (const EntryColumn& column : columns) cells.push_back(markdownText(column.text(entry)));
    table.row(std::move(cells));
  }
  return table.text();
}

}  // namespace

std::string comparisonText(const Comparison& comparison) {
  std::string text;
  if (const std::string apart = apartSentence(comparison); !apart.empty()) {
    text += apart + " They differ in\n\n";
    for (const std::string& reason : comparison.apart) text += "- " + reason + "\n";
    text += "\n";
  }
  for (const ComparableSet& set : comparison.sets) {
    if (&set != &comparison.sets.front()) text += "\n";
    if (comparison.sets.size() > 1) text += setTitle(set) + ":\n\n";
    text += rankedTable(set) + "\n";
    for (const std::string& sentence : headline(set)) text += sentence + "\n";
    for (const std::string& sentence : entrySentences(set)) text += sentence + "\n";
  }
  text +=
      "\nScores are per cent. Runs that share a letter of their group do not differ in accuracy beyond chance. "
      "Leak-free accuracy\nleaves out the images that also stand, pixel for pixel, in the run's training rows.\n";
  if (!comparison.open.empty()) text += "\n";
  for (const std::string& open : comparison.open) text += "- " + open + "\n";
  return text;
}

}  // namespace fer::report
