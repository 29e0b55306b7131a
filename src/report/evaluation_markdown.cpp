#include "fer/report/evaluation_markdown.hpp"

#include <array>

#include "markdown_table.hpp"
#include "text.hpp"

namespace fer::report {
namespace {

using Align = MarkdownTable::Align;
using metrics::Scores;

constexpr int kDigits = 4;

std::string scoresTable(const metrics::Summary& summary) {
  struct Line {
    const char* name;
    double (*score)(const Scores&);
  };
  constexpr std::array kLines{
      Line{"accuracy", [](const Scores& s) { return s.accuracy; }},
      Line{"balanced accuracy", [](const Scores& s) { return s.balanced_accuracy; }},
      Line{"macro precision", [](const Scores& s) { return s.macro.precision; }},
      Line{"macro recall", [](const Scores& s) { return s.macro.recall; }},
      Line{"macro F1", [](const Scores& s) { return s.macro.f1; }},
      Line{"weighted precision", [](const Scores& s) { return s.weighted.precision; }},
      Line{"weighted recall", [](const Scores& s) { return s.weighted.recall; }},
      Line{"weighted F1", [](const Scores& s) { return s.weighted.f1; }},
  };
  const Scores& all = summary.all.scores;
  const Scores& clean = summary.leak_free.scores;
  MarkdownTable table;
  table.column("score", Align::kLeft);
  table.column("all rows", Align::kRight);
  table.column("leak-free rows", Align::kRight);
  for (const Line& line : kLines)
    table.row({line.name, fixed(line.score(all), kDigits), fixed(line.score(clean), kDigits)});
  table.row({"rows", grouped(all.rows), grouped(clean.rows)});
  table.row({"classes with rows", std::to_string(all.classes_with_rows), std::to_string(clean.classes_with_rows)});
  return table.text();
}

std::string leakSentence(const metrics::Summary& summary) {
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
  for (std::size_t i = 0; i < summary.classes.size(); ++i) {
    const metrics::ClassScores& one = summary.all.scores.per_class.at(i);
    table.row({markdownText(summary.classes[i]), fixed(one.precision, kDigits), fixed(one.recall, kDigits),
               fixed(one.f1, kDigits), grouped(one.support), grouped(summary.all.confusion.predicted(i))});
  }
  return table.text();
}

std::string originTable(const metrics::Summary& summary) {
  MarkdownTable table;
  table.column("what", Align::kLeft);
  table.column("value", Align::kLeft);
  table.row({"run", markdownText(summary.run)});
  table.row({"model", markdownText(summary.model) + ", " + grouped(summary.parameters) + " parameters"});
  table.row(
      {"weights", markdownText(summary.weights) + ", of epoch " + std::to_string(summary.epoch) + " (counted from 0)"});
  table.row({"split", markdownText(summary.split) + " of the protocol " + markdownText(summary.protocol)});
  table.row({"dataset", markdownText(summary.data_path)});
  table.row({"data hash", markdownText(summary.data_hash)});
  std::string time = fixed(summary.seconds, 1) + " s";
  if (summary.seconds > 0)
    time += ", " + fixed(static_cast<double>(summary.all.scores.rows) / summary.seconds, 0) + " images/s";
  table.row({"forward passes", time});
  return table.text();
}

}  // namespace

std::string evaluationMarkdown(const metrics::Summary& summary) {
  return "# " + markdownText(summary.run) + ": " + markdownText(summary.split) + " split\n\n" + scoresTable(summary) +
         "\n" + leakSentence(summary) +
         "\nBalanced accuracy is the mean recall of the classes that have rows; macro averages all classes.\n"
         "\n## Classes\n\n" +
         classTable(summary) +
         "\n## Confusion matrix\n\n"
         "![Confusion matrix, counts](confusion_matrix.svg)\n\n"
         "![Confusion matrix, shares of the true class](confusion_matrix_normalized.svg)\n"
         "\n## Where this came from\n\n" +
         originTable(summary) +
         "\nEvery row's probabilities: [predictions.csv](predictions.csv). All figures: "
         "[evaluation.json](evaluation.json).\n";
}

}  // namespace fer::report
