#include "app/data/class_table.hpp"

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <numeric>

#include "fer/core/text/numbers.hpp"

namespace fer::app {
namespace {

constexpr int kColumnWidth = 13;
constexpr int kSumWidth = 9;
constexpr int kLabelWidth = 5;

}  // namespace

void printClassTable(const std::vector<std::string>& classes, const std::vector<ClassCounts>& columns) {
  std::size_t width = std::string("class").size();
  for (const std::string& name : classes) width = std::max(width, name.size());
  const auto line = [&](const std::string& label, const std::string& name, auto cell, const std::string& sum,
                        const std::string& share) {
    std::cout << std::right << std::setw(kLabelWidth) << label << "  " << std::left
              << std::setw(static_cast<int>(width)) << name << std::right;
    for (const ClassCounts& column : columns) std::cout << std::setw(kColumnWidth) << cell(column);
    std::cout << std::setw(kSumWidth) << sum << std::setw(kSumWidth) << share << "\n";
  };
  std::size_t all = 0;
  for (const ClassCounts& column : columns) all = std::accumulate(column.rows.begin(), column.rows.end(), all);
  const auto counts_line = [&](const std::string& label, const std::string& name, auto count) {
    std::size_t sum = 0;
    for (const ClassCounts& column : columns) sum += count(column);
    const double share = all == 0 ? 0 : 100.0 * static_cast<double>(sum) / static_cast<double>(all);
    line(
        label, name, [&](const ClassCounts& column) { return std::to_string(count(column)); }, std::to_string(sum),
        fixed(share, 1) + " %");
  };
  line(
      "label", "class", [](const ClassCounts& column) { return column.heading; }, "all", "share");
  for (std::size_t i = 0; i < classes.size(); ++i)
    counts_line(std::to_string(i), classes[i], [i](const ClassCounts& column) { return column.rows[i]; });
  counts_line("", "all", [](const ClassCounts& column) {
    return std::accumulate(column.rows.begin(), column.rows.end(), std::size_t{0});
  });
}

}  // namespace fer::app
