#include "fer/train/metrics_csv.hpp"

#include "fer/core/text/csv.hpp"
#include "fer/core/text/numbers.hpp"

namespace fer::train {

std::string metricsCsv(const std::vector<EpochLogs>& rows) {
  std::vector<std::string> fields{"epoch"};
  if (rows.empty()) return csvLine(fields);
  for (const auto& [name, value] : rows.front()) fields.push_back(name);
  std::string text = csvLine(fields);
  for (std::size_t epoch = 0; epoch < rows.size(); ++epoch) {
    fields = {std::to_string(epoch)};
    for (const auto& [name, value] : rows.front()) {
      const auto found = rows[epoch].find(name);
      fields.push_back(found == rows[epoch].end() ? "NA" : shortest(found->second));
    }
    text += csvLine(fields);
  }
  return text;
}

std::string timingCsv(const std::vector<EpochTiming>& timing) {
  std::string text = csvLine({"epoch", "train_seconds", "validation_seconds", "images_per_second"});
  for (std::size_t epoch = 0; epoch < timing.size(); ++epoch) {
    const EpochTiming& row = timing[epoch];
    text += csvLine({std::to_string(epoch), shortest(row.train_seconds), shortest(row.validation_seconds),
                     shortest(static_cast<double>(row.images) / row.train_seconds)});
  }
  return text;
}

}  // namespace fer::train
