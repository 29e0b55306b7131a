#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "data/csv/field.hpp"
#include "data/csv/header.hpp"
#include "fer/data/csv/fer_csv.hpp"
#include "fer/data/dataset.hpp"

namespace fer::data::csv {

struct Row {
  std::uint8_t label = 0;
  Usage usage = Usage::kNone;
};

/// Reads one row (a line without its line break), its pixels into `pixels`. kReadAhead bytes after the line must be
/// readable. Of several faults in a row the one that explains most is reported: a NUL byte, then fields missing or too
/// many, then the first wrong field.
std::optional<LineFault> readRow(std::string_view line, const Columns& columns, const CsvFormat& format, Row& row,
                                 std::span<std::uint8_t> pixels);

}  // namespace fer::data::csv
