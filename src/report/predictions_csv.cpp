#include "fer/report/predictions_csv.hpp"

#include <array>
#include <charconv>
#include <stdexcept>
#include <string_view>

#include "fer/metrics/confusion.hpp"

namespace fer::report {
namespace {

std::string quoted(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char byte : text) out += byte == '"' ? std::string("\"\"") : std::string(1, byte);
  return out + "\"";
}

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
  for (const std::string& name : evaluation.classes) out += "," + quoted(name);
  out += "\n";
  for (std::size_t row = 0; row < rows; ++row) {
    out += std::to_string(evaluation.rows[row]) + "," + quoted(evaluation.usages[row]) + "," +
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
