#include "report/markdown_table.hpp"

#include <algorithm>
#include <utility>

#include "report/text.hpp"

namespace fer::report {

void MarkdownTable::column(std::string heading, Align align) {
  headings_.push_back(std::move(heading));
  aligns_.push_back(align);
}

void MarkdownTable::row(std::vector<std::string> cells) {
  rows_.push_back(std::move(cells));
}

std::string MarkdownTable::line(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) const {
  std::string text = "|";
  for (std::size_t i = 0; i < cells.size(); ++i)
    text += " " + (aligns_[i] == Align::kLeft ? padRight(cells[i], widths[i]) : padLeft(cells[i], widths[i])) + " |";
  return text + "\n";
}

std::string MarkdownTable::text() const {
  constexpr std::size_t kShortestRule = 3;
  std::vector<std::size_t> widths;
  std::vector<std::string> rules;
  for (std::size_t i = 0; i < headings_.size(); ++i) {
    std::size_t width = std::max(characters(headings_[i]), kShortestRule);
    for (const auto& row : rows_) width = std::max(width, characters(row[i]));
    widths.push_back(width);
    rules.push_back(std::string(width - 1, '-') + (aligns_[i] == Align::kLeft ? "-" : ":"));
  }
  std::string text = line(headings_, widths) + line(rules, widths);
  for (const auto& row : rows_) text += line(row, widths);
  return text;
}

}  // namespace fer::report
