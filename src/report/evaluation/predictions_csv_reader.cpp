#include <algorithm>
#include <charconv>
#include <numeric>
#include <utility>

#include "fer/core/error.hpp"
#include "fer/report/evaluation/predictions_csv.hpp"

namespace fer::report {
namespace {

constexpr std::size_t kFirstClass = 4;
constexpr const char* kHeader[kFirstClass] = {"row", "usage", "label", "predicted"};

/// Cuts CSV (RFC 4180) into records; it knows the line that it stands in.
class Records {
 public:
  Records(std::string_view text, const std::string& origin) : text_(text), origin_(origin) {}

  /// The next record's fields, or false at the end. The fields live until the next call.
  bool next(std::vector<std::string>& fields) {
    fields.clear();
    if (at_ == text_.size()) return false;
    record_line_ = line_;
    do fields.push_back(field());
    while (take(','));
    if (take('\r') && (at_ == text_.size() || text_[at_] != '\n')) throw fault("a carriage return within a line");
    if (take('\n')) ++line_;
    return true;
  }

  /// Of the record that next() gave.
  std::string place() const { return origin_ + ":" + std::to_string(record_line_); }
  Error fault(const std::string& message) const {
    return dataError(place() + ": " + message + ". The file is damaged: evaluate the run again with fer-eval.");
  }

 private:
  bool take(char wanted) {
    if (at_ == text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }

  std::string field() {
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

  std::string_view text_;
  const std::string& origin_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t record_line_ = 1;
};

std::string shown(const std::string& field) {
  constexpr std::size_t kMostShown = 40;
  return "\"" + (field.size() > kMostShown ? field.substr(0, kMostShown) + "..." : field) + "\"";
}

template <class Number>
Number numberOf(const Records& records, const std::string& field, const std::string& column, Number low, Number high,
                const std::string& expected) {
  Number value{};
  const auto end = std::from_chars(field.data(), field.data() + field.size(), value);
  if (end.ec != std::errc{} || end.ptr != field.data() + field.size() || !(value >= low && value <= high))
    throw records.fault(column + ": expected " + expected + ", found " + shown(field));
  return value;
}

std::vector<std::string> readClasses(Records& records, std::vector<std::string>& fields) {
  const bool any = records.next(fields);
  bool known = any && fields.size() > kFirstClass;
  for (std::size_t i = 0; known && i < kFirstClass; ++i) known = fields[i] == kHeader[i];
  if (!known) throw records.fault("expected the columns row,usage,label,predicted and one a class");
  return {fields.begin() + kFirstClass, fields.end()};
}

void addRow(Predictions& found, const Records& records, const std::vector<std::string>& fields) {
  const std::size_t classes = found.classes.size();
  if (fields.size() != kFirstClass + classes)
    throw records.fault("expected " + std::to_string(kFirstClass + classes) + " fields as in the header, found " +
                        std::to_string(fields.size()));
  constexpr std::uint32_t kLastRow = 4294967295;
  const int last = static_cast<int>(classes) - 1;
  const std::string code = "a class from 0 to " + std::to_string(last);
  found.rows.push_back(numberOf<std::uint32_t>(records, fields[0], "row", 0, kLastRow, "a row number"));
  found.usages.push_back(fields[1]);
  found.labels.push_back(numberOf<int>(records, fields[2], "label", 0, last, code));
  found.predicted.push_back(numberOf<int>(records, fields[3], "predicted", 0, last, code));
  for (std::size_t i = 0; i < classes; ++i)
    found.probabilities.push_back(
        numberOf<float>(records, fields[kFirstClass + i], found.classes[i], 0, 1, "a probability from 0 to 1"));
  const auto* const begin = found.probabilities.data() + found.probabilities.size() - classes;
  if (const auto most = std::max_element(begin, begin + classes) - begin; most != found.predicted.back())
    throw records.fault("predicted: " + std::to_string(found.predicted.back()) + " is not the most probable class, " +
                        std::to_string(most));
}

template <class T>
std::vector<T> reordered(const std::vector<T>& values, const std::vector<std::size_t>& order, std::size_t width = 1) {
  std::vector<T> out;
  out.reserve(values.size());
  for (const std::size_t from : order)
    for (std::size_t i = 0; i < width; ++i) out.push_back(values[from * width + i]);
  return out;
}

/// In ascending order of rows. Throws where a row stands twice.
Predictions sorted(Predictions found, const std::string& origin) {
  if (!std::is_sorted(found.rows.begin(), found.rows.end())) {
    std::vector<std::size_t> order(found.rows.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return found.rows[a] < found.rows[b]; });
    found.probabilities = reordered(found.probabilities, order, found.classes.size());
    found.usages = reordered(found.usages, order);
    found.labels = reordered(found.labels, order);
    found.predicted = reordered(found.predicted, order);
    found.rows = reordered(found.rows, order);
  }
  const auto twice = std::adjacent_find(found.rows.begin(), found.rows.end());
  if (twice != found.rows.end())
    throw dataError(origin + ": row " + std::to_string(*twice) +
                    " stands twice. The file is damaged: evaluate the run again with fer-eval.");
  return found;
}

}  // namespace

Predictions parsePredictionsCsv(std::string_view text, const std::string& origin) {
  Records records(text, origin);
  std::vector<std::string> fields;
  Predictions found;
  found.classes = readClasses(records, fields);
  while (records.next(fields)) addRow(found, records, fields);
  return sorted(std::move(found), origin);
}

}  // namespace fer::report
