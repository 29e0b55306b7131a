#include "fer/report/evaluation/text.hpp"

#include <array>

#include "fer/core/text/numbers.hpp"
#include "report/evaluation/classification_report.hpp"
#include "report/measures.hpp"
#include "report/text.hpp"

namespace fer::report {
namespace {

std::string named(const char* name, double value) {
  return std::string(name) + " " + fixed(value, kScoreDigits);
}

std::string rowsLine(const std::string& what, const metrics::Scores& scores) {
  constexpr std::size_t kNameWidth = 10;  // a longer name pushes its line to the right
  constexpr std::size_t kRowsWidth = 6;
  return padRight(what, kNameWidth) + padLeft(std::to_string(scores.rows), kRowsWidth) + " images  " +
         named("accuracy", scores.accuracy) + "  " + named("balanced accuracy", scores.balanced_accuracy) + "  " +
         named("macro F1", scores.macro.f1) + "\n";
}

std::string leakLines(const metrics::Summary& summary) {
  if (summary.protocol == metrics::kNoProtocol)
    return "          (of another dataset than the one trained on: which of its images stand there too is not known)\n";
  const std::int64_t leaks = summary.all.scores.rows - summary.leak_free.scores.rows;
  return rowsLine("leak-free", summary.leak_free.scores) + "          (" + std::to_string(leaks) +
         " images of this split also stand, pixel for pixel, in the training images)\n";
}

std::string partLines(const metrics::Summary& summary) {
  std::string text;
  for (const metrics::UsagePart& part : summary.parts) text += rowsLine(usageText(part), part.scored.scores);
  return text;
}

std::string intervalLines(const metrics::Summary& summary) {
  if (!summary.intervals) return "";
  const metrics::Scores& scores = summary.all.scores;
  const std::array<std::pair<const char*, double>, metrics::kScores> lines{
      {{"accuracy", scores.accuracy},
       {"balanced accuracy", scores.balanced_accuracy},
       {"macro F1", scores.macro.f1},
       {"weighted F1", scores.weighted.f1},
       {"ECE", summary.probability ? summary.probability->ece : 0}}};
  constexpr std::size_t kNameWidth = 19;
  std::string text = "\n" + padRight("score", kNameWidth) + "        95 % interval\n";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (static_cast<metrics::Score>(i) == metrics::Score::kEce && !summary.probability) continue;
    text += padRight(lines.at(i).first, kNameWidth) + fixed(lines.at(i).second, kScoreDigits) + "  " +
            intervalText(summary.intervals->at(i)) + "\n";
  }
  const std::string alike = alikeText(summary);
  return alike.empty() ? text : text + "(" + alike + ")\n";
}

std::string probabilityLines(const metrics::Summary& summary) {
  std::string text;
  if (const auto& scores = summary.probability)
    text += "\n" + named("top-2", scores->top2) + "  " + named("kappa", scores->kappa) + "  " +
            named("MCC", scores->mcc) + "  " + named("NLL", scores->nll) + "  " + named("Brier", scores->brier) + "  " +
            named("ECE", scores->ece) + "\n";
  if (const auto& calibration = summary.calibration)
    text += "temperature " + fixed(calibration->temperature, kScoreDigits) + " (of " +
            grouped(calibration->validation_rows) + " validation images): " + named("NLL", calibration->nll) + "  " +
            named("Brier", calibration->brier) + "  " + named("ECE", calibration->ece) + "\n";
  return text;
}

}  // namespace

std::string evaluationText(const metrics::Summary& summary) {
  return classificationReport(summary.classes, summary.all.scores) + "\n" + rowsLine("all", summary.all.scores) +
         leakLines(summary) + partLines(summary) + intervalLines(summary) + probabilityLines(summary) +
         (summary.cost ? "cost: " + costText(*summary.cost) + "\n" : "") +
         (summary.ceiling ? "ceiling: " + ceilingText(*summary.ceiling) + "\n" : "");
}

}  // namespace fer::report
