#include "report/comparison/columns.hpp"

#include <algorithm>
#include <utility>

#include "fer/core/text/numbers.hpp"
#include "report/comparison/words.hpp"
#include "report/text.hpp"

namespace fer::report {
namespace {

using metrics::Cost;
using metrics::Score;

EntryColumn textColumn(std::string heading, std::function<std::string(const Entry&)> text) {
  return {std::move(heading), false, std::move(text), nullptr, nullptr};
}

EntryColumn numberColumn(std::string heading, std::function<std::string(const Entry&)> text) {
  return {std::move(heading), true, std::move(text), nullptr, nullptr};
}

EntryColumn scoreColumn(std::string heading, Score score) {
  const auto at = static_cast<std::size_t>(score);
  const double sign = score == Score::kEce ? -1 : 1;
  return {std::move(heading), true, [at](const Entry& e) { return percent(e.scores[at].value); },
          [at](const Entry& e) { return percentRange(e.scores[at].interval, 1); },
          [at, sign](const Entry& e) { return sign * e.scores[at].value; }};
}

EntryColumn costColumn(std::string heading, std::function<std::string(const Cost&)> text) {
  return numberColumn(std::move(heading), [text = std::move(text)](const Entry& e) {
    return e.summary().cost ? text(*e.summary().cost) : std::string();
  });
}

EntryColumn foldsColumn(std::string heading, Spread Folds::*score) {
  return numberColumn(std::move(heading),
                      [score](const Entry& e) { return e.folds ? spreadText((*e.folds).*score) : std::string(); });
}

/// Every plain entry is called as its model.
bool namesTellModels(const ComparableSet& set) {
  return std::all_of(set.entries.begin(), set.entries.end(), [](const Entry& entry) {
    return entry.name == entry.summary().model || entry.name.starts_with(entry.summary().model + " + ");
  });
}

/// "best, epoch 41"; an ensemble's members have epochs of their own.
std::string checkpointOf(const Entry& entry) {
  const metrics::Summary& summary = entry.summary();
  if (!summary.members.empty()) return "mean of " + std::to_string(summary.members.size());
  if (entry.folds) return summary.checkpoint + " of each fold";
  return summary.checkpoint + ", epoch " + std::to_string(summary.epoch);
}

std::vector<EntryColumn> allColumns(const ComparableSet& set) {
  constexpr double kMegabyte = 1e6;
  EntryColumn leak_free =
      numberColumn("leak-free accuracy", [](const Entry& e) { return percent(e.summary().leak_free.scores.accuracy); });
  leak_free.goodness = [](const Entry& e) { return e.summary().leak_free.scores.accuracy; };
  const bool alone = set.entries.size() == 1;
  return {
      textColumn("model", [told = namesTellModels(set)](const Entry& e) { return told ? "" : e.summary().model; }),
      scoreColumn("accuracy", Score::kAccuracy),
      textColumn("group", [alone](const Entry& e) { return alone ? "" : e.letters; }),
      scoreColumn("weighted F1", Score::kWeightedF1),
      scoreColumn("macro F1", Score::kMacroF1),
      scoreColumn("balanced accuracy", Score::kBalancedAccuracy),
      scoreColumn("ECE", Score::kEce),
      foldsColumn("accuracy by fold", &Folds::accuracy),
      foldsColumn("macro F1 by fold", &Folds::macro_f1),
      foldsColumn("balanced accuracy by fold", &Folds::balanced_accuracy),
      std::move(leak_free),
      numberColumn("test reads",
                   [](const Entry& e) { return e.test_reads > 0 ? std::to_string(e.test_reads) : std::string(); }),
      numberColumn("parameters", [](const Entry& e) { return grouped(e.summary().parameters); }),
      costColumn("GFLOP", [](const Cost& cost) { return cost.gflop > 0 ? fixed(cost.gflop, 3) : "–"; }),
      costColumn("file MB", [](const Cost& c) { return fixed(static_cast<double>(c.file_bytes) / kMegabyte, 1); }),
      costColumn("ms a face", [](const Cost& cost) { return fixed(cost.ms_a_face, 2); }),
      costColumn("images/s", [](const Cost& cost) { return fixed(cost.images_per_s, 0); }),
      textColumn("checkpoint", checkpointOf),
  };
}

}  // namespace

std::vector<EntryColumn> entryColumns(const ComparableSet& set) {
  std::vector<EntryColumn> columns = allColumns(set);
  std::erase_if(columns, [&](const EntryColumn& column) {
    return std::all_of(set.entries.begin(), set.entries.end(),
                       [&](const Entry& entry) { return column.text(entry).empty(); });
  });
  return columns;
}

bool isBest(const ComparableSet& set, const EntryColumn& column, const Entry& entry) {
  return column.goodness && std::none_of(set.entries.begin(), set.entries.end(), [&](const Entry& other) {
           return column.goodness(other) > column.goodness(entry);
         });
}

}  // namespace fer::report
