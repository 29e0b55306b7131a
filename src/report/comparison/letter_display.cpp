#include "report/comparison/letter_display.hpp"

#include <algorithm>

namespace fer::report {
namespace {

/// Which things carry a letter.
using Column = std::vector<bool>;

bool within(const Column& small, const Column& large) {
  for (std::size_t i = 0; i < small.size(); ++i)
    if (small[i] && !large[i]) return false;
  return true;
}

/// Without the columns whose things all stand together in another.
std::vector<Column> absorbed(std::vector<Column> columns) {
  std::sort(columns.begin(), columns.end(), std::greater<>());
  columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
  std::vector<Column> kept;
  for (const Column& column : columns)
    if (std::none_of(columns.begin(), columns.end(),
                     [&](const Column& other) { return other != column && within(column, other); }))
      kept.push_back(column);
  return kept;
}

/// No column holds both any more.
std::vector<Column> split(const std::vector<Column>& columns, std::pair<std::size_t, std::size_t> pair) {
  std::vector<Column> found;
  for (const Column& column : columns) {
    if (!column[pair.first] || !column[pair.second]) {
      found.push_back(column);
      continue;
    }
    for (const std::size_t left_out : {pair.first, pair.second}) {
      found.push_back(column);
      found.back()[left_out] = false;
    }
  }
  return absorbed(std::move(found));
}

std::string letter(std::size_t index) {
  constexpr std::size_t kAlphabet = 26;
  const char last = static_cast<char>('a' + index % kAlphabet);
  return index < kAlphabet ? std::string(1, last) : letter(index / kAlphabet - 1) + last;
}

}  // namespace

std::vector<std::string> letterDisplay(std::size_t count,
                                       const std::vector<std::pair<std::size_t, std::size_t>>& different) {
  std::vector<Column> columns{Column(count, true)};
  for (const auto& pair : different) columns = split(columns, pair);
  constexpr std::size_t kAlphabet = 26;
  std::vector<std::string> names(count);
  for (std::size_t i = 0; i < columns.size(); ++i)
    for (std::size_t thing = 0; thing < count; ++thing)
      if (columns[i][thing])
        names[thing] += (columns.size() > kAlphabet && !names[thing].empty() ? " " : "") + letter(i);
  return names;
}

}  // namespace fer::report
