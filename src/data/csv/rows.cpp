#include "data/csv/rows.hpp"

#include <algorithm>
#include <string>

#include "data/csv/row.hpp"

namespace fer::data::csv {
namespace {

void clear(ParsedRows& rows) {
  rows.labels.clear();
  rows.parts.clear();
  rows.lines = 0;
  rows.faults.clear();
  rows.empty_rows = 0;
  rows.first_filled.reset();
  rows.leading_blank.reset();
  rows.blank_at_end.reset();
  rows.line_too_long = false;
}

/// Whether the line is what Excel leaves of rows that were emptied: commas alone.
bool isEmptyRow(std::string_view line) {
  return line.find(',') != line.npos && line.find_first_not_of(", \t") == line.npos;
}

/// Whether the line is blank. Notes it, and the fault of blank lines before a line that is not.
bool noteBlank(std::string_view line, std::size_t number, ParsedRows& rows) {
  if (!rows.line_too_long && trimmed(line).empty()) {
    if (!rows.blank_at_end) rows.blank_at_end = number;
    return true;
  }
  if (rows.blank_at_end && rows.first_filled) rows.faults.add(*rows.blank_at_end, blankLine());
  if (!rows.first_filled) {
    rows.first_filled = number;
    rows.leading_blank = rows.blank_at_end;
  }
  rows.blank_at_end.reset();
  return false;
}

void parseRow(std::string_view line, std::size_t number, const RowFormat& format, ParsedRows& rows) {
  const std::size_t image = format.csv.shape.size();
  const std::size_t begin = rows.labels.size() * image;
  if (rows.pixels.size() < begin + image) rows.pixels.resize(std::max(begin + image, rows.pixels.size() * 2));
  Row row;
  if (auto fault = readRow(line, format.columns, format.csv, row, {rows.pixels.data() + begin, image})) {
    rows.faults.add(number, std::move(*fault));
    return;
  }
  rows.labels.push_back(row.label);
  rows.parts.push_back(row.part);
}

}  // namespace

LineFault rowTooLong(const RowFormat& format) {
  const ImageShape& shape = format.csv.shape;
  return {format.line_limit + 1, "the line is longer than the " + std::to_string(format.line_limit) +
                                     " bytes that a row of " + std::to_string(shape.height) + " x " +
                                     std::to_string(shape.width) +
                                     " pixels may have; what follows was not read. Say data.height and data.width "
                                     "where the images are larger"};
}

LineFault blankLine() {
  return {1, "a blank line: expected a row"};
}

void parseRows(std::string_view block, const RowFormat& format, ParsedRows& rows) {
  clear(rows);
  for (std::size_t begin = 0; begin < block.size() && !rows.line_too_long;) {
    const std::size_t end = std::min(block.find('\n', begin), block.size());
    std::string_view line = block.substr(begin, end - begin);
    const std::size_t number = rows.lines++;
    begin = end + 1;
    rows.line_too_long = line.size() > format.line_limit;
    line = withoutReturns(line);
    if (!rows.line_too_long && isEmptyRow(line)) {
      ++rows.empty_rows;
      continue;
    }
    if (noteBlank(line, number, rows)) continue;
    if (rows.line_too_long)
      rows.faults.add(number, rowTooLong(format));
    else
      parseRow(line, number, format, rows);
  }
}

}  // namespace fer::data::csv
