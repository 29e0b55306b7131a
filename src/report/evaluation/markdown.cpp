#include "report/evaluation/markdown.hpp"

#include <array>
#include <cmath>

#include "fer/core/text/numbers.hpp"
#include "report/markdown_table.hpp"
#include "report/measures.hpp"
#include "report/text.hpp"

namespace fer::report {
namespace {

using Align = MarkdownTable::Align;
using metrics::Scores;

constexpr const char* kIntervalNote =
    "\nThe intervals are bootstrapped (BCa) over the rows: what other images of the same kind might have given. They "
    "say\n"
    "nothing of another training's seed, and two models are to be compared by a paired test, not by their intervals.\n";

std::string intervalNote(const metrics::Summary& summary) {
  const std::string alike = alikeText(summary);
  return alike.empty() ? kIntervalNote : "\n" + alike + "\n";
}

std::string scoresTable(const metrics::Summary& summary) {
  constexpr auto kNoInterval = static_cast<metrics::Score>(metrics::kScores);
  struct Line {
    const char* name;
    double (*score)(const Scores&);
    metrics::Score interval = kNoInterval;
  };
  constexpr std::array kLines{
      Line{"accuracy", [](const Scores& s) { return s.accuracy; }, metrics::Score::kAccuracy},
      Line{"balanced accuracy", [](const Scores& s) { return s.balanced_accuracy; }, metrics::Score::kBalancedAccuracy},
      Line{"macro precision", [](const Scores& s) { return s.macro.precision; }},
      Line{"macro recall", [](const Scores& s) { return s.macro.recall; }},
      Line{"macro F1", [](const Scores& s) { return s.macro.f1; }, metrics::Score::kMacroF1},
      Line{"weighted precision", [](const Scores& s) { return s.weighted.precision; }},
      Line{"weighted recall", [](const Scores& s) { return s.weighted.recall; }},
      Line{"weighted F1", [](const Scores& s) { return s.weighted.f1; }, metrics::Score::kWeightedF1},
  };
  MarkdownTable table;
  table.column("score", Align::kLeft);
  table.column("all rows", Align::kRight);
  if (summary.intervals) table.column("95 % interval", Align::kRight);
  table.column("leak-free rows", Align::kRight);
  for (const metrics::UsagePart& part : summary.parts) table.column(markdownText(usageText(part)), Align::kRight);
  const auto row = [&](const char* name, const std::string& interval, const auto& value) {
    std::vector<std::string> cells{name, value(summary.all.scores)};
    if (summary.intervals) cells.push_back(interval);
    cells.push_back(value(summary.leak_free.scores));
    for (const metrics::UsagePart& part : summary.parts) cells.push_back(value(part.scored.scores));
    table.row(std::move(cells));
  };
  for (const Line& line : kLines) {
    const bool known = summary.intervals && line.interval != kNoInterval;
    row(line.name, known ? intervalText(summary.intervals->at(static_cast<std::size_t>(line.interval))) : "",
        [&line](const Scores& scores) { return fixed(line.score(scores), kScoreDigits); });
  }
  row("rows", "", [](const Scores& scores) { return grouped(scores.rows); });
  row("classes with rows", "", [](const Scores& scores) { return std::to_string(scores.classes_with_rows); });
  return table.text();
}

/// What the probabilities are worth, and what temperature scaling makes of them; nothing where none were scored.
std::string probabilitySection(const metrics::Summary& summary) {
  if (!summary.probability) return "";
  const metrics::ProbabilityScores& scores = *summary.probability;
  MarkdownTable table;
  table.column("score", Align::kLeft);
  table.column("value", Align::kRight);
  if (summary.intervals) table.column("95 % interval", Align::kRight);
  if (summary.calibration) table.column("with temperature", Align::kRight);
  const auto row = [&](const char* name, double value, const std::string& interval, const std::string& calibrated) {
    std::vector<std::string> cells{name, fixed(value, kScoreDigits)};
    if (summary.intervals) cells.push_back(interval);
    if (summary.calibration) cells.push_back(calibrated);
    table.row(std::move(cells));
  };
  const auto calibrated = [&](double metrics::Calibration::*value) {
    return summary.calibration ? fixed((*summary.calibration).*value, kScoreDigits) : "";
  };
  constexpr auto kEce = static_cast<std::size_t>(metrics::Score::kEce);
  row("top-2 accuracy", scores.top2, "", "");
  row("Cohen's kappa", scores.kappa, "", "");
  row("Matthews' correlation", scores.mcc, "", "");
  row("negative log-likelihood", scores.nll, "", calibrated(&metrics::Calibration::nll));
  row("Brier score", scores.brier, "", calibrated(&metrics::Calibration::brier));
  row("calibration error (ECE)", scores.ece, summary.intervals ? intervalText(summary.intervals->at(kEce)) : "",
      calibrated(&metrics::Calibration::ece));
  row("the same, bins of equal mass", scores.ece_equal_mass, "", "");
  std::string text = "\n## Probabilities\n\n" + table.text();
  if (summary.calibration)
    text += "\nThe temperature is " + fixed(summary.calibration->temperature, kScoreDigits) + ", fitted on " +
            grouped(summary.calibration->validation_rows) + " validation images.\n";
  return text;
}

std::string leakSentence(const metrics::Summary& summary) {
  if (summary.protocol == metrics::kNoProtocol)
    return "This is another dataset than the one trained on. Which of its images also stand in the training rows is "
           "not "
           "known: the leak-free column leaves none out.\n";
  const std::int64_t rows = summary.all.scores.rows;
  const std::int64_t leaked = rows - summary.leak_free.scores.rows;
  if (leaked == 0)
    return "None of the images also stands, pixel for pixel, in the training rows: the two columns are equal.\n";
  constexpr double kPercent = 100;
  return grouped(leaked) + " of the " + grouped(rows) + " images (" +
         fixed(kPercent * static_cast<double>(leaked) / static_cast<double>(rows), 1) +
         " %) also stand, pixel for pixel, in the training rows. The leak-free column leaves them out.\n";
}

std::string classTable(const metrics::Summary& summary) {
  MarkdownTable table;
  table.column("class", Align::kLeft);
  for (const char* heading : {"precision", "recall", "F1", "rows", "predicted"}) table.column(heading, Align::kRight);
  if (summary.probability)
    for (const char* heading : {"ROC-AUC", "average precision"}) table.column(heading, Align::kRight);
  for (std::size_t i = 0; i < summary.classes.size(); ++i) {
    const metrics::ClassScores& one = summary.all.scores.per_class.at(i);
    std::vector<std::string> cells{markdownText(summary.classes[i]),
                                   fixed(one.precision, kScoreDigits),
                                   fixed(one.recall, kScoreDigits),
                                   fixed(one.f1, kScoreDigits),
                                   grouped(one.support),
                                   grouped(summary.all.confusion.predicted(i))};
    if (summary.probability) {
      const metrics::OneVsRest& rest = summary.probability->per_class.at(i);
      for (const double value : {rest.roc_auc, rest.average_precision})
        cells.push_back(std::isnan(value) ? "–" : fixed(value, kScoreDigits));
    }
    table.row(std::move(cells));
  }
  return table.text();
}

std::string originTable(const metrics::Summary& summary) {
  MarkdownTable table;
  table.column("what", Align::kLeft);
  table.column("value", Align::kLeft);
  table.row({"run", markdownText(summary.run)});
  table.row({"model", markdownText(summary.model) + ", " + grouped(summary.parameters) + " parameters"});
  table.row({"checkpoint",
             markdownText(summary.checkpoint) + ", of epoch " + std::to_string(summary.epoch) + " (counted from 0)"});
  table.row({"split", summary.protocol == metrics::kNoProtocol
                          ? "all rows of another dataset than the one trained on"
                          : markdownText(summary.split) + " of the protocol " + markdownText(summary.protocol)});
  if (!summary.label_set.empty()) table.row({"labels", markdownText(summary.label_set) + ", not the run's own"});
  if (!summary.engine.empty())
    table.row({"exported model", markdownText(summary.model_file) + ", run by " + markdownText(summary.engine)});
  if (summary.tta != "none") table.row({"test-time augmentation", markdownText(summary.tta)});
  for (const metrics::Member& member : summary.members)
    table.row({"member", markdownText(member.run) + ", weight " + fixed(member.weight, kScoreDigits)});
  if (!summary.members.empty()) table.row({"weights of the members", markdownText(summary.ensemble_weights)});
  if (summary.test_reads > 0) table.row({"evaluations of the test split", std::to_string(summary.test_reads)});
  table.row({"dataset", markdownText(summary.data_path)});
  table.row({"data hash", markdownText(summary.data_hash)});
  std::string time = fixed(summary.seconds, 1) + " s";
  if (summary.seconds > 0)
    time += ", " + fixed(static_cast<double>(summary.all.scores.rows) / summary.seconds, 0) + " images/s";
  table.row({"forward passes", time});
  if (summary.cost) table.row({"cost", markdownText(costText(*summary.cost))});
  if (summary.ceiling) table.row({"ceiling", markdownText(ceilingText(*summary.ceiling))});
  return table.text();
}

}  // namespace

std::string evaluationMarkdown(const metrics::Summary& summary) {
  return "# " + markdownText(summary.run) + ": " + markdownText(summary.split) + " split\n\n" + scoresTable(summary) +
         "\n" + leakSentence(summary) +
         "\nBalanced accuracy is the mean recall of the classes that have rows; macro averages all classes.\n" +
         (summary.intervals ? intervalNote(summary) : "") + "\n## Classes\n\n" + classTable(summary) +
         probabilitySection(summary) +
         "\n## Confusion matrix\n\n"
         "![Confusion matrix, counts](confusion_matrix.svg)\n\n"
         "![Confusion matrix, shares of the true class](confusion_matrix_normalized.svg)\n"
         "\n## Where this came from\n\n" +
         originTable(summary) +
         "\nEvery row's probabilities: [predictions.csv](predictions.csv). All figures: "
         "[evaluation.json](evaluation.json).\n";
}

}  // namespace fer::report
