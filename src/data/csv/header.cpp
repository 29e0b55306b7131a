#include "data/csv/header.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "fer/core/text/letters.hpp"

namespace fer::data::csv {
namespace {

struct Name {
  Column column;
  const char* spelling;  ///< as FER-2013 writes it
};

constexpr std::array<Name, 3> kNames{
    {{Column::kEmotion, "emotion"}, {Column::kPixels, "pixels"}, {Column::kUsage, "Usage"}}};

Column columnOf(std::string_view name) {
  for (const Name& known : kNames)
    if (sameInAnyCase(name, known.spelling)) return known.column;
  return Column::kIgnored;
}

bool isRequired(Column column, const CsvFormat& format) {
  return column == Column::kPixels || (column == Column::kEmotion ? format.labelled : format.usage_required);
}

/// What to do where a column is missing: two editions of Kaggle's lack one.
std::string advice(Column column) {
  const std::string whole = "name fer2013.csv or icml_face_data.csv, which say of each row what it is for";
  if (column == Column::kUsage)
    return ". Kaggle's train.csv is like that: " + whole + ", or cut its rows by shares with data.protocol=fractions";
  if (column == Column::kEmotion) return ". Kaggle's test.csv is like that, its images have no labels: " + whole;
  return "";
}

/// What a first line without a known name seems to be.
std::string describe(std::string_view line) {
  const std::string_view text = trimmed(line);
  if (text.empty()) return "a blank line";
  const char first = text.front() == '"' && text.size() > 1 ? text[1] : text.front();
  return first >= '0' && first <= '9' ? "a row" : shown(line);
}

std::optional<LineFault> checkNames(const Columns& columns, const std::vector<std::size_t>& starts,
                                    std::string_view line, const CsvFormat& format) {
  const auto known = [](Column column) { return column != Column::kIgnored; };
  if (std::none_of(columns.begin(), columns.end(), known))
    return LineFault{1, "expected " + headerText(format) + ", found " + describe(line)};
  for (const Name& name : kNames) {
    const auto first = std::find(columns.begin(), columns.end(), name.column);
    if (first == columns.end() && isRequired(name.column, format))
      return LineFault{1, "the header has no column `" + std::string(name.spelling) + "`: expected " +
                              headerText(format) + advice(name.column)};
    if (first == columns.end()) continue;
    const auto second = std::find(first + 1, columns.end(), name.column);
    if (second != columns.end())
      return LineFault{starts[static_cast<std::size_t>(second - columns.begin())],
                       "the header has the column `" + std::string(name.spelling) + "` twice: expected it once"};
  }
  return std::nullopt;
}

}  // namespace

std::string headerText(const CsvFormat& format) {
  return std::string("a header line `") + (format.labelled ? "emotion," : "") + "pixels" +
         (format.usage_required ? ",Usage`" : "`");
}

std::variant<Columns, LineFault> readHeader(std::string_view line, const CsvFormat& format) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  const char* begin = line.data();
  if (line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());
  const auto column_at = [begin](const char* at) { return static_cast<std::size_t>(at - begin) + 1; };

  if (const std::size_t nul = line.find('\0'); nul != std::string_view::npos)
    return LineFault{column_at(line.data() + nul), "a NUL byte: expected a text file in UTF-8"};
  Columns columns;
  std::vector<std::size_t> starts;
  for (FieldCursor cursor(line); cursor.more();) {
    starts.push_back(column_at(cursor.position()));
    const Field field = cursor.take();
    if (field.fault != nullptr) return LineFault{column_at(field.fault_at), field.fault};
    const Column column = columnOf(trimmed(field.text));
    columns.push_back(column == Column::kEmotion && !format.labelled ? Column::kIgnored : column);
  }
  if (auto fault = checkNames(columns, starts, line, format)) return *fault;
  return columns;
}

}  // namespace fer::data::csv
