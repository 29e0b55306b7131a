#include <algorithm>
#include <numeric>
#include <utility>

#include "fer/core/error.hpp"
#include "fer/core/text/csv_records.hpp"
#include "fer/report/evaluation/predictions_csv.hpp"

namespace fer::report {
namespace {

constexpr std::size_t kFirstClass = 4;
constexpr const char* kHeader[kFirstClass] = {"row", "usage", "label", "predicted"};
constexpr const char* kRemedy = "The file is damaged: evaluate the run again with fer-eval.";

std::vector<std::string> readClasses(CsvRecords& records, std::vector<std::string>& fields) {
  const bool any = records.next(fields);
  bool known = any && fields.size() > kFirstClass;
  for (std::size_t i = 0; known && i < kFirstClass; ++i) known = fields[i] == kHeader[i];
  if (!known) throw records.fault("expected the columns row,usage,label,predicted and one a class");
  return {fields.begin() + kFirstClass, fields.end()};
}

void addRow(Predictions& found, const CsvRecords& records, const std::vector<std::string>& fields) {
  const std::size_t classes = found.classes.size();
  if (fields.size() != kFirstClass + classes)
    throw records.fault("expected " + std::to_string(kFirstClass + classes) + " fields as in the header, found " +
                        std::to_string(fields.size()));
  constexpr std::uint32_t kLastRow = 4294967295;
  const int last = static_cast<int>(classes) - 1;
  const std::string code = "a class from 0 to " + std::to_string(last);
  found.rows.push_back(records.number<std::uint32_t>(fields[0], "row", 0, kLastRow, "a row number"));
  found.usages.push_back(fields[1]);
  found.labels.push_back(records.number<int>(fields[2], "label", 0, last, code));
  found.predicted.push_back(records.number<int>(fields[3], "predicted", 0, last, code));
  for (std::size_t i = 0; i < classes; ++i)
    found.probabilities.push_back(
        records.number<float>(fields[kFirstClass + i], found.classes[i], 0, 1, "a probability from 0 to 1"));
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
    throw dataError(origin + ": row " + std::to_string(*twice) + " stands twice. " + kRemedy);
  return found;
}

}  // namespace

Predictions parsePredictionsCsv(std::string_view text, const std::string& origin) {
  CsvRecords records(text, origin, kRemedy);
  std::vector<std::string> fields;
  Predictions found;
  found.classes = readClasses(records, fields);
  while (records.next(fields)) addRow(found, records, fields);
  return sorted(std::move(found), origin);
}

}  // namespace fer::report
