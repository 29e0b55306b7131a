#include "fer/train/metrics_csv.hpp"

#include <array>
#include <charconv>

namespace fer::train {
namespace {

std::string shortest(double value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value);
  return {text.data(), end.ptr};
}

}  // namespace

std::string metricsCsv(const std::vector<EpochLogs>& rows) {
  std::string text = "epoch";
  if (rows.empty()) return text + "\n";
  for (const auto& [name, value] : rows.front()) text += "," + name;
  text += "\n";
  for (std::size_t epoch = 0; epoch < rows.size(); ++epoch) {
    text += std::to_string(epoch);
    for (const auto& [name, value] : rows.front()) {
      const auto found = rows[epoch].find(name);
      text += "," + (found == rows[epoch].end() ? "NA" : shortest(found->second));
    }
    text += "\n";
  }
  return text;
}

std::string timingCsv(const std::vector<EpochTiming>& timing) {
  std::string text = "epoch,train_seconds,validation_seconds,images_per_second\n";
  for (std::size_t epoch = 0; epoch < timing.size(); ++epoch) {
    const EpochTiming& row = timing[epoch];
    text += std::to_string(epoch) + "," + shortest(row.train_seconds) + "," + shortest(row.validation_seconds) + "," +
            shortest(static_cast<double>(row.images) / row.train_seconds) + "\n";
  }
  return text;
}

}  // namespace fer::train
