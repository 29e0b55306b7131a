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

LineFault lineTooLong(std::size_t line_limit);
LineFault blankLine();

/// The rows of one block. Line numbers count from the block's first line, from 0.
struct ParsedRows {
  std::vector<std::uint8_t> labels;  ///< one a row
  std::vector<Usage> usages;         ///< one a row
  std::vector<std::uint8_t> pixels;  ///< of these rows; longer than needed
  std::size_t lines = 0;
  FaultList faults;
  std::optional<std::size_t> first_filled;  ///< the first line that is not blank
  std::optional<std::size_t> blank_at_end;  ///< the first of the blank lines that end the block
  bool line_too_long = false;               ///< reading stopped at such a line
};

/// Reads a block of whole lines, kReadAhead bytes behind it readable, into `rows`, whose storage is reused. Blank lines
/// before a row are a fault; but those that begin the block are left to who knows what stands before it.
void parseRows(std::string_view block, const RowFormat& format, ParsedRows& rows);

}  // namespace fer::data::csv
