#include "fer/report/evaluation/predictions_csv.hpp"

#include <array>
#include <charconv>
#include <stdexcept>

#include "fer/metrics/confusion.hpp"
#include "report/csv_field.hpp"

namespace fer::report {
namespace {

void appendShortest(std::string& out, float value) {
  constexpr std::size_t kLongestFloat = 32;
  std::array<char, kLongestFloat> buffer{};
  out.append(buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr);
}

}  // namespace

std::string predictionsCsv(const metrics::Evaluation& evaluation) {
  const std::size_t rows = evaluation.rows.size();
  const std::size_t classes = evaluation.classes.size();
  if (evaluation.usages.size() != rows || evaluation.labels.size() != rows ||
      evaluation.probabilities.size() != rows * classes)
    throw std::invalid_argument("predictionsCsv: the evaluation's lists differ in length");
  const std::vector<int> predictions = metrics::mostProbable(evaluation.probabilities, classes);
  std::string out = "row,usage,label,predicted";
  for (const std::string& name : evaluation.classes) out += "," + csvField(name);
  out += "\n";
  for (std::size_t row = 0; row < rows; ++row) {
    out += std::to_string(evaluation.rows[row]) + "," + csvField(evaluation.usages[row]) + "," +
           std::to_string(evaluation.labels[row]) + "," + std::to_string(predictions[row]);
    for (std::size_t i = 0; i < classes; ++i) {
      out += ",";
      appendShortest(out, evaluation.probabilities[row * classes + i]);
    }
    out += "\n";
  }
  return out;
}

}  // namespace fer::report
