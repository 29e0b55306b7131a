#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "fer/core/error.hpp"
#include "fer/report/history.hpp"

namespace fer::report {
namespace {

using Fields = std::vector<std::string_view>;

constexpr double kNotMeasured = std::numeric_limits<double>::quiet_NaN();

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

Fields fieldsOf(std::string_view line) {
  Fields found;
  for (;;) {
    const std::size_t comma = line.find(',');
    found.push_back(trimmed(line.substr(0, comma)));
    if (comma == std::string_view::npos) return found;
    line.remove_prefix(comma + 1);
  }
}

/// Takes the first line off the text.
std::string_view takeLine(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

double numberOf(std::string_view field, const std::string& place) {
  if (field.empty() || field == "NA") return kNotMeasured;
  double value = 0;
  const auto end = std::from_chars(field.data(), field.data() + field.size(), value);
  if (end.ec != std::errc{} || end.ptr != field.data() + field.size())
    throw dataError(place + ": expected a number, found \"" + std::string(field) + "\"");
  return value;
}

/// A column by its name; every name of the file has one, whether it is wanted or not.
std::vector<double>* columnOf(History& history, std::string_view name) {
  if (name == "epoch") return &history.epochs;
  if (name == "loss") return &history.loss.train;
  if (name == "val_loss") return &history.loss.validation;
  if (name == "accuracy") return &history.accuracy.train;
  if (name == "val_accuracy") return &history.accuracy.validation;
  return nullptr;
}

void addRow(History& history, const Fields& header, const Fields& fields, const std::string& place) {
  if (fields.size() != header.size())
    throw dataError(place + ": expected " + std::to_string(header.size()) + " fields as in the header, found " +
                    std::to_string(fields.size()));
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (std::vector<double>* column = columnOf(history, header[i]))
      column->push_back(numberOf(fields[i], place + ": " + std::string(header[i])));
  if (!std::isfinite(history.epochs.back())) throw dataError(place + ": epoch: expected a number");
}

}  // namespace

History parseMetricsCsv(std::string_view text, const std::string& origin) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const Fields header = fieldsOf(takeLine(text));
  for (std::size_t i = 0; i < header.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (header[i] == header[j])
        throw dataError(origin + ":1: the column \"" + std::string(header[i]) + "\" stands twice");
  History history;
  if (std::find(header.begin(), header.end(), "epoch") == header.end())
    throw dataError(origin + ":1: no column \"epoch\": this is no metrics.csv");
  for (std::size_t line = 2; !text.empty(); ++line) {
    const std::string_view content = takeLine(text);
    if (!trimmed(content).empty()) addRow(history, header, fieldsOf(content), origin + ":" + std::to_string(line));
  }
  for (std::vector<double>* column :
       {&history.loss.train, &history.loss.validation, &history.accuracy.train, &history.accuracy.validation})
    column->resize(history.epochs.size(), kNotMeasured);
  return history;
}

}  // namespace fer::report
