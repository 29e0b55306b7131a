#include "report/comparison/other_labels.hpp"

#include <string>

#include "fer/core/text/numbers.hpp"
#include "report/comparison/words.hpp"

namespace fer::report {
namespace {

using metrics::Score;

const metrics::Summary& otherOf(const Entry& entry) {
  return *entry.evaluated.other_labels;
}

EntryColumn ownColumn(const std::string& score, Score which) {
  const auto at = static_cast<std::size_t>(which);
  return {score + ", own labels", true, [at](const Entry& e) { return percent(e.scores[at].value); },
          [at](const Entry& e) { return percentRange(e.scores[at].interval, 1); }, nullptr};
}

EntryColumn otherColumn(const std::string& score, Score which, double (*value)(const metrics::Scores&)) {
  const auto at = static_cast<std::size_t>(which);
  return {score + ", second set", true, [value](const Entry& e) { return percent(value(otherOf(e).all.scores)); },
          [at](const Entry& e) {
            return otherOf(e).intervals ? percentRange(otherOf(e).intervals->at(at), 1) : std::string();
          },
          nullptr};
}

}  // namespace

std::vector<const Entry*> withOtherLabels(const ComparableSet& set) {
  std::vector<const Entry*> found;
  for (const Entry& entry : set.entries)
    if (entry.evaluated.other_labels) found.push_back(&entry);
  return found;
}

std::vector<EntryColumn> otherLabelsColumns() {
  return {
      // Evaluations of before the name was stored say no whose.
      {"second set", false,
       [](const Entry& e) { return otherOf(e).label_set.empty() ? "not named" : otherOf(e).label_set; }, nullptr,
       nullptr},
      {"rows kept", true,
       [](const Entry& e) {
         return grouped(otherOf(e).all.scores.rows) + " of " + grouped(e.summary().all.scores.rows);
       },
       nullptr, nullptr},
      ownColumn("accuracy", Score::kAccuracy),
      otherColumn("accuracy", Score::kAccuracy, [](const metrics::Scores& s) { return s.accuracy; }),
      ownColumn("macro F1", Score::kMacroF1),
      otherColumn("macro F1", Score::kMacroF1, [](const metrics::Scores& s) { return s.macro.f1; }),
  };
}

}  // namespace fer::report
