#include "data/csv/row.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "data/csv/number.hpp"
#include "data/csv/pixels.hpp"
#include "fer/core/text/letters.hpp"

namespace fer::data::csv {
namespace {

constexpr const char* kNulFault = "a NUL byte: expected text";

/// Reads the next field as pixels if it is written as FER-2013 writes it, in quotes or not.
bool takePixelsFast(FieldCursor& cursor, std::span<std::uint8_t> pixels) {
  const char* text = cursor.position();
  const bool quoted = *text == '"';
  const char* end = readPixelsFast(text + (quoted ? 1 : 0), pixels);
  if (end == nullptr || (quoted && *end != '"')) return false;
  return cursor.endFieldAt(end + (quoted ? 1 : 0));
}

/// The class of that name, in any case where none is spelt just so.
std::optional<unsigned> classNamed(std::string_view word, const std::vector<std::string>& classes) {
  if (const auto found = std::find(classes.begin(), classes.end(), word); found != classes.end())
    return static_cast<unsigned>(found - classes.begin());
  const auto same = [&](const std::string& name) { return sameInAnyCase(name, word); };
  const auto found = std::find_if(classes.begin(), classes.end(), same);
  if (found == classes.end() || std::find_if(found + 1, classes.end(), same) != classes.end()) return std::nullopt;
  return static_cast<unsigned>(found - classes.begin());
}

std::string namesOf(const std::vector<std::string>& classes) {
  constexpr std::size_t kNamed = 8;
  std::string text;
  for (std::size_t i = 0; i < std::min(kNamed, classes.size()); ++i) text += (i == 0 ? "" : ", ") + classes[i];
  return text + (classes.size() > kNamed ? " ..." : "");
}

/// A label is a class's number, or its name. A number is never taken for a name.
std::optional<LineFault> readLabel(std::string_view text, const std::vector<std::string>& classes, Row& row) {
  const auto largest = static_cast<unsigned>(classes.size() - 1);
  const std::string_view word = trimmed(text);
  const bool number = word.find_first_not_of("-+.0123456789") == std::string_view::npos;
  const std::optional<unsigned> label = number ? wholeNumber(word) : classNamed(word, classes);
  if (label && *label <= largest) {
    row.label = static_cast<std::uint8_t>(*label);
    return std::nullopt;
  }
  const std::string fault = describeBadNumber("label", word, largest);
  return LineFault{1, number ? fault : fault + ", nor the name of a class (" + namesOf(classes) + ")"};
}

std::optional<LineFault> readUsage(std::string_view text, bool required, Row& row) {
  const std::string_view word = trimmed(text);
  constexpr std::pair<std::string_view, std::uint8_t> kWords[] = {{"Training", kTraining},
                                                                  {"PublicTest", kPublicTest},
                                                                  {"PrivateTest", kPrivateTest},
                                                                  {"train", kOwnParts + kTraining},
                                                                  {"validation", kOwnParts + kPublicTest},
                                                                  {"test", kOwnParts + kPrivateTest}};
  for (const auto& [name, part] : kWords) {
    if (word != name) continue;
    row.part = part;
    return std::nullopt;
  }
  if (word.empty() && !required) return std::nullopt;
  return LineFault{1, "usage " + shown(word) + " is unknown: expected Training, PublicTest or PrivateTest"};
}

std::optional<LineFault> readField(Column column, std::string_view text, const CsvFormat& format, Row& row,
                                   std::span<std::uint8_t> pixels) {
  switch (column) {
    case Column::kEmotion:
      return readLabel(text, format.classes, row);
    case Column::kPixels:
      return readPixels(text, pixels);
    case Column::kUsage:
      return readUsage(text, format.usage_required, row);
    case Column::kIgnored:
      if (text.find('\0') != std::string_view::npos) return LineFault{1, kNulFault};
  }
  return std::nullopt;
}

/// The fault of a line known to be wrong: what its values said, unless a NUL byte or the number of fields explains it.
LineFault explain(std::string_view line, std::size_t fields, std::size_t expected, const LineFault& of_values) {
  if (const std::size_t nul = line.find('\0'); nul != std::string_view::npos) return {nul + 1, kNulFault};
  if (fields != expected)
    return {line.size() + 1,
            "expected " + std::to_string(expected) + " fields as in the header, found " + std::to_string(fields)};
  return of_values;
}

}  // namespace

std::optional<LineFault> readRow(std::string_view line, const Columns& columns, const CsvFormat& format, Row& row,
                                 std::span<std::uint8_t> pixels) {
  const auto column_at = [line](const char* at) { return static_cast<std::size_t>(at - line.data()) + 1; };
  row = {};
  std::size_t fields = 0;
  std::optional<LineFault> fault;
  for (FieldCursor cursor(line); cursor.more(); ++fields) {
    const Column column = fields < columns.size() ? columns[fields] : Column::kIgnored;
    if (column == Column::kPixels && takePixelsFast(cursor, pixels)) continue;
    const Field field = cursor.take();
    if (field.fault != nullptr)
      return explain(line, columns.size(), columns.size(), {column_at(field.fault_at), field.fault});
    auto wrong = readField(column, field.text, format, row, pixels);
    if (wrong && !fault)
      fault = LineFault{column_at(field.text.data()) + wrong->column - 1, std::move(wrong->message), wrong->pixels};
  }
  if (!fault && fields == columns.size()) return std::nullopt;
  return explain(line, fields, columns.size(), fault.value_or(LineFault{}));
}

}  // namespace fer::data::csv
