#include <cstdio>
#include <iostream>

#include "app/evaluate/pieces.hpp"
#include "fer/core/files/folders.hpp"
#include "fer/report/evaluation/write_evaluation.hpp"

namespace fer::app {
namespace {

void printLine(const std::string& labels, const metrics::Summary& summary) {
  char text[128];
  std::snprintf(text, sizeof text, "%-10s %8lld %10.4f %10.4f\n", labels.c_str(),
                static_cast<long long>(summary.all.scores.rows), summary.all.scores.accuracy,
                summary.all.scores.macro.f1);
  std::cout << text;
}

}  // namespace

std::optional<metrics::Evaluation> againstOtherLabels(const metrics::Evaluation& evaluation, const EvalData& data) {
  if (data.other_labels.name.empty()) return std::nullopt;
  const std::vector<std::uint32_t>& rows = data.rows(evaluation.split);
  const std::size_t classes = evaluation.classes.size();
  metrics::Evaluation other = evaluation;
  other.label_set = data.other_labels.name;
  other.rows.clear();
  other.usages.clear();
  other.labels.clear();
  other.probabilities.clear();
  other.in_training.clear();
  other.calibration.reset();  // it was fitted to the run's own labels
  other.ceiling.reset();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::uint8_t label = data.other_labels.labels.at(rows[i]);
    if (label == data::kNoLabel) continue;
    other.rows.push_back(evaluation.rows[i]);
    other.usages.push_back(evaluation.usages[i]);
    other.labels.push_back(label);
    other.in_training.push_back(evaluation.in_training[i]);
    const auto begin = evaluation.probabilities.begin() + static_cast<std::ptrdiff_t>(i * classes);
    other.probabilities.insert(other.probabilities.end(), begin, begin + static_cast<std::ptrdiff_t>(classes));
  }
  if (other.rows.empty()) return std::nullopt;
  return other;
}

metrics::Summary writeOtherLabels(const metrics::Evaluation& other, const std::filesystem::path& results) {
  const std::filesystem::path folder = results / "other_labels";
  makeFolders(folder);
  return report::writeEvaluation(other, folder);
}

void printBothLabels(const metrics::Summary& own, const metrics::Summary& other, const EvalData& data) {
  std::cout << "\nlabels         rows   accuracy   macro F1\n";
  printLine(data.other_labels.name == "FER+" ? "FER-2013" : "FER+", own);
  printLine(data.other_labels.name, other);
}

}  // namespace fer::app
