#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "data/csv/faults.hpp"
#include "data/csv/header.hpp"
#include "fer/data/csv/fer_csv.hpp"
#include "fer/data/dataset.hpp"

namespace fer::data::csv {

/// How the lines after the header are to be read.
struct RowFormat {
  CsvFormat csv;
  Columns columns;
  std::size_t line_limit;  ///< bytes
};

LineFault rowTooLong(const RowFormat& format);
LineFault blankLine();

/// The rows of one block. Line numbers count from the block's first line, from 0.
struct ParsedRows {
  std::vector<std::uint8_t> labels;  ///< one a row
  std::vector<std::uint8_t> parts;   ///< one a row, as in Row
  std::vector<std::uint8_t> pixels;  ///< of these rows; longer than needed
  std::size_t lines = 0;
  FaultList faults;
  std::size_t empty_rows = 0;                ///< rows of commas alone, skipped
  std::optional<std::size_t> first_filled;   ///< the first line that is a row, right or wrong
  std::optional<std::size_t> leading_blank;  ///< the first of the blank lines before it
  std::optional<std::size_t> blank_at_end;   ///< the first of the blank lines that end the block
  bool line_too_long = false;                ///< reading stopped at such a line
};

/// Reads a block of whole lines, kReadAhead bytes behind it readable, into `rows`, whose storage is reused. Blank lines
/// before a row are a fault; but those that begin the block are left to who knows what stands before it.
void parseRows(std::string_view block, const RowFormat& format, ParsedRows& rows);

}  // namespace fer::data::csv
