#pragma once

#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "fer/core/error.hpp"

namespace fer {

/// Cuts CSV (RFC 4180) into records and their fields into values; it knows the line that it stands in. Every member
/// throws Error (bad data), "ORIGIN:LINE: what is wrong. REMEDY". The text must outlive it.
class CsvRecords {
 public:
  /// `line` is the number of the text's first one.
  CsvRecords(std::string_view text, std::string origin, std::string remedy, std::size_t line = 1);

  /// The next record's fields, or false at the end. A line feed at the text's end may be missing.
  bool next(std::vector<std::string>& fields);

  /// Of the record that next() gave.
  Error fault(const std::string& message) const;
  Error wrong(const std::string& column, const std::string& expected, std::string_view found) const;

  /// The field as a number from `low` to `high`, which `expected` says in words.
  template <class Number>
  Number number(std::string_view field, const std::string& column, Number low, Number high,
                const std::string& expected) const {
    Number value{};
    const auto end = std::from_chars(field.data(), field.data() + field.size(), value);
    if (end.ec != std::errc{} || end.ptr != field.data() + field.size() || !(value >= low && value <= high))
      throw wrong(column, expected, field);
    return value;
  }

 private:
  bool take(char wanted);
  std::string field();

  std::string_view text_;
  std::string origin_;
  std::string remedy_;
  std::size_t at_ = 0;
  std::size_t line_;
  std::size_t record_line_;
};

}  // namespace fer
