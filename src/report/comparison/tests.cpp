#include "report/comparison/tests.hpp"

#include <algorithm>
#include <utility>

#include "fer/metrics/intervals/score_intervals.hpp"
#include "fer/metrics/probability/scores.hpp"
#include "report/comparison/letter_display.hpp"

namespace fer::report {
namespace {

using metrics::Score;

constexpr std::size_t kDrawsAPair = 50;  ///< the smallest p value of all pairs is then 2 / 50

/// The probability of each row's prediction.
std::vector<float> confidences(const Predictions& rows) {
  std::vector<float> found;
  found.reserve(rows.rows.size());
  for (std::size_t i = 0; i < rows.rows.size(); ++i)
    found.push_back(rows.probabilities[i * rows.classes.size() + static_cast<std::size_t>(rows.predicted[i])]);
  return found;
}

metrics::BootstrapDraws drawsOf(const ComparableSet& set, const ComparisonOptions& options) {
  std::vector<std::vector<float>> sure;
  for (const Entry& entry : set.entries) sure.push_back(confidences(entry.evaluated.predictions));
  std::vector<metrics::ModelRows> models;
  for (std::size_t i = 0; i < set.entries.size(); ++i)
    models.push_back({set.entries[i].evaluated.predictions.predicted, sure[i]});
  metrics::BootstrapOptions wanted;
  wanted.draws = set.draws;
  wanted.seed = options.seed;
  wanted.threads = options.threads;
  return metrics::bootstrap(set.entries.front().evaluated.predictions.labels, set.classes.size(), models, wanted);
}

void fillIntervals(ComparableSet& set, const metrics::BootstrapDraws& draws) {
  for (std::size_t model = 0; model < set.entries.size(); ++model) {
    Entry& entry = set.entries[model];
    if (entry.summary().intervals) continue;
    const auto intervals = metrics::scoreIntervals(draws, model, entry.summary().all.confusion);
    for (std::size_t score = 0; score < metrics::kScores; ++score) entry.scores[score].interval = intervals[score];
  }
}

Pair pairOf(const ComparableSet& set, std::size_t first, std::size_t second, const metrics::BootstrapDraws& draws) {
  const Predictions& one = set.entries[first].evaluated.predictions;
  const Predictions& other = set.entries[second].evaluated.predictions;
  Pair pair;
  pair.first = first;
  pair.second = second;
  pair.accuracy = metrics::mcnemar(one.labels, one.predicted, other.predicted);
  pair.macro_f1 = metrics::difference(draws, first, second, Score::kMacroF1);
  pair.balanced_accuracy = metrics::difference(draws, first, second, Score::kBalancedAccuracy);
  pair.kappa = metrics::cohenKappa(metrics::ConfusionMatrix(set.classes.size(), one.predicted, other.predicted));
  return pair;
}

template <class P>
void correct(std::vector<Pair>& pairs, P p, double Pair::*corrected) {
  std::vector<double> values;
  values.reserve(pairs.size());
  for (const Pair& pair : pairs) values.push_back(p(pair));
  const std::vector<double> held = metrics::holm(values);
  for (std::size_t i = 0; i < pairs.size(); ++i) pairs[i].*corrected = held[i];
}

void fillLetters(ComparableSet& set) {
  std::vector<std::pair<std::size_t, std::size_t>> different;
  for (const Pair& pair : set.pairs)
    if (pair.accuracy_holm < kSignificance) different.emplace_back(pair.first, pair.second);
  const std::vector<std::string> letters = letterDisplay(set.entries.size(), different);
  for (std::size_t i = 0; i < letters.size(); ++i) set.entries[i].letters = letters[i];
}

}  // namespace

void testSet(ComparableSet& set, const ComparisonOptions& options) {
  const bool all_have_intervals = std::all_of(set.entries.begin(), set.entries.end(),
                                              [](const Entry& entry) { return entry.summary().intervals.has_value(); });
  if (set.entries.size() > 1 || !all_have_intervals) {
    set.draws = std::max(options.draws, kDrawsAPair * set.entries.size() * (set.entries.size() - 1) / 2);
    const metrics::BootstrapDraws draws = drawsOf(set, options);
    fillIntervals(set, draws);
    for (std::size_t first = 0; first < set.entries.size(); ++first)
      for (std::size_t second = first + 1; second < set.entries.size(); ++second)
        set.pairs.push_back(pairOf(set, first, second, draws));
  }
  correct(
      set.pairs, [](const Pair& pair) { return pair.accuracy.exact; }, &Pair::accuracy_holm);
  correct(
      set.pairs, [](const Pair& pair) { return pair.macro_f1.p; }, &Pair::macro_f1_holm);
  correct(
      set.pairs, [](const Pair& pair) { return pair.balanced_accuracy.p; }, &Pair::balanced_accuracy_holm);
  fillLetters(set);
}

}  // namespace fer::report
