#include "report/comparison/entries.hpp"

#include <algorithm>
#include <utility>

#include "fer/core/files/folders.hpp"
#include "fer/report/evaluation/mistakes.hpp"
#include "report/comparison/published.hpp"

namespace fer::report {
namespace {

std::vector<Mistake> mistakesOf(const Predictions& rows) {
  std::vector<Mistake> found;
  for (std::size_t i = 0; i < rows.rows.size(); ++i)
    if (rows.predicted[i] != rows.labels[i])
      found.push_back({rows.rows[i], rows.labels[i], rows.predicted[i],
                       rows.probabilities[i * rows.classes.size() + static_cast<std::size_t>(rows.predicted[i])]});
  const std::size_t most = std::min(kMistakes, found.size());
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(most), found.end(),
                    [](const Mistake& a, const Mistake& b) {
                      return a.confidence != b.confidence ? a.confidence > b.confidence : a.row < b.row;
                    });
  found.resize(most);
  return found;
}

/// Their values; the intervals where the evaluation stored some.
std::array<Measured, metrics::kScores> scoresOf(const Entry& entry) {
  const metrics::Scores& scores = entry.summary().all.scores;
  const std::array<double, metrics::kScores> values{scores.accuracy, scores.balanced_accuracy, scores.macro.f1,
                                                    scores.weighted.f1, entry.probability.ece};
  std::array<Measured, metrics::kScores> found;
  for (std::size_t i = 0; i < values.size(); ++i) {
    found[i].value = values[i];
    if (entry.summary().intervals) found[i].interval = (*entry.summary().intervals)[i];
  }
  return found;
}

}  // namespace

std::vector<std::string> runNames(const std::vector<RunResult>& runs) {
  std::map<std::string, int> uses;
  for (const RunResult& run : runs) ++uses[wholePath(run.folder).filename().string()];
  std::vector<std::string> names;
  for (const RunResult& run : runs) {
    const std::string name = wholePath(run.folder).filename().string();
    names.push_back(uses[name] > 1 ? run.folder.string() : name);
  }
  return names;
}

Entry entryOf(Evaluated evaluated, const std::filesystem::path& run, const std::string& name) {
  Entry entry;
  entry.name = name;
  entry.run = run;
  entry.evaluated = std::move(evaluated);
  const Predictions& rows = entry.evaluated.predictions;
  entry.probability = entry.summary().probability
                          ? *entry.summary().probability
                          : metrics::probabilityScores(rows.probabilities, rows.labels, rows.classes.size());
  entry.scores = scoresOf(entry);
  entry.reliability =
      metrics::reliability(rows.probabilities, rows.labels, rows.classes.size(), metrics::Binning::kEqualWidth);
  entry.mistakes = mistakesOf(rows);
  entry.published = publishedFor(entry.summary());
  return entry;
}

std::vector<Entry> entriesOf(RunResult& run, const std::string& name) {
  std::vector<Entry> found;
  for (Evaluated& evaluated : run.evaluations) {
    const std::string variant = evaluated.summary.tta == "none" ? "" : " + " + evaluated.summary.tta;
    Entry entry = entryOf(std::move(evaluated), run.folder, name + variant);
    if (found.empty()) entry.history = std::move(run.history);
    entry.test_reads = run.test_reads;
    found.push_back(std::move(entry));
  }
  run.evaluations.clear();
  return found;
}

}  // namespace fer::report
