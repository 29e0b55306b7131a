#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "data/csv/field.hpp"
#include "fer/data/csv/fer_csv.hpp"

namespace fer::data::csv {

/// What a column is to the reader.
enum class Column { kIgnored, kEmotion, kPixels, kUsage };

using Columns = std::vector<Column>;  ///< one a field of the header, in the file's order

/// What is expected, for messages: "a header line `emotion,pixels,Usage`".
std::string headerText(const CsvFormat& format);

/// Reads the header line (without its line break): names in any order and case, blanks around them, further columns. A
/// byte order mark is skipped. Emotion and pixels stand exactly once; Usage too, or at most once if it
/// is not required. Emotion is a column like any other where rows are not labelled.
std::variant<Columns, LineFault> readHeader(std::string_view line, const CsvFormat& format);

}  // namespace fer::data::csv
