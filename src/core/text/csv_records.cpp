#include "fer/core/text/csv_records.hpp"

#include <algorithm>
#include <utility>

namespace fer {

CsvRecords::CsvRecords(std::string_view text, std::string origin, std::string remedy, std::size_t line)
    : text_(text), origin_(std::move(origin)), remedy_(std::move(remedy)), line_(line), record_line_(line) {}

bool CsvRecords::next(std::vector<std::string>& fields) {
  fields.clear();
  if (at_ == text_.size()) return false;
  record_line_ = line_;
  do fields.push_back(field());
  while (take(','));
  if (take('\r') && (at_ == text_.size() || text_[at_] != '\n')) throw fault("a carriage return within a line");
  if (take('\n')) ++line_;
  return true;
}

Error CsvRecords::fault(const std::string& message) const {
  return dataError(origin_ + ":" + std::to_string(record_line_) + ": " + message + ". " + remedy_);
}

Error CsvRecords::wrong(const std::string& column, const std::string& expected, std::string_view found) const {
  constexpr std::size_t kMostShown = 40;
  const std::string shown(found.substr(0, kMostShown));
  return fault(column + ": expected " + expected + ", found \"" + shown + (found.size() > kMostShown ? "...\"" : "\""));
}

bool CsvRecords::take(char wanted) {
  if (at_ == text_.size() || text_[at_] != wanted) return false;
  ++at_;
  return true;
}

std::string CsvRecords::field() {
  if (!take('"')) {
    const std::size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    return std::string(text_.substr(std::exchange(at_, end), end - at_));
  }
  std::string out;
  for (;;) {
    const std::size_t quote = text_.find('"', at_);
    if (quote == std::string_view::npos) throw fault("a quote is not closed");
    const std::string_view piece = text_.substr(at_, quote - at_);
    line_ += static_cast<std::size_t>(std::count(piece.begin(), piece.end(), '\n'));
    out += piece;
    at_ = quote + 1;
    if (!take('"')) break;
    out += '"';
  }
  if (at_ < text_.size() && std::string_view(",\r\n").find(text_[at_]) == std::string_view::npos)
    throw fault("text after a closing quote");
  return out;
}

}  // namespace fer
