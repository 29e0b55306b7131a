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

/// What Usage may say of a row: FER-2013's names, then those of other datasets, each at its place in its list.
constexpr std::uint8_t kOwnParts = 4;  ///< where the second list begins

struct Row {
  std::uint8_t label = 0;
  std::uint8_t part = kNoPart;  ///< of fer2013Parts(), or kOwnParts and more: of ownParts()
};

/// Reads one row (a line without its line break), its pixels into `pixels`. kReadAhead bytes after the line must be
/// readable. Of several faults in a row the one that explains most is reported: a NUL byte, then fields missing or too
/// many, then the first wrong field.
std::optional<LineFault> readRow(std::string_view line, const Columns& columns, const CsvFormat& format, Row& row,
                                 std::span<std::uint8_t> pixels);

}  // namespace fer::data::csv
