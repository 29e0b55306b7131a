#include "report/comparison/words.hpp"

#include <algorithm>
#include <string_view>

#include "fer/core/text/numbers.hpp"
#include "fer/metrics/intervals/score_intervals.hpp"
#include "fer/report/legal.hpp"
#include "report/evaluation/fer2013.hpp"
#include "report/link.hpp"
#include "report/text.hpp"

namespace fer::report {
namespace {

constexpr double kHundred = 100;

std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t kMost = 6;
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), kMost); ++i) {
    const bool last = i + 1 == names.size();
    text += (i == 0 ? "" : last ? " and " : ", ") + names[i];
  }
  return names.size() > kMost ? text + " and " + std::to_string(names.size() - kMost) + " more" : text;
}

std::string bestSentence(const ComparableSet& set) {
  const Measured& accuracy = set.entries.front().scores[0];
  return set.entries.front().name + (set.entries.size() > 1 ? " is the most accurate: " : ": ") +
         percent(accuracy.value) + " % of " + grouped(set.rows) + " images are right (95 % interval " +
         percentRange(accuracy.interval) + ").";
}

std::string equalsSentence(const ComparableSet& set) {
  std::vector<std::string> equals;
  for (std::size_t other = 1; other < set.entries.size(); ++other)
    if (set.pair(0, other).accuracy_holm >= kSignificance) equals.push_back(set.entries[other].name);
  if (equals.empty()) return "It is better than every other, beyond chance.";
  return "Chance alone may explain its lead over " + listed(equals) + ".";
}

std::string pairsSentence(const ComparableSet& set) {
  const auto real = std::count_if(set.pairs.begin(), set.pairs.end(),
                                  [](const Pair& pair) { return pair.accuracy_holm < kSignificance; });
  if (set.pairs.size() == 1)
    return std::string("The difference in accuracy is ") + (real == 1 ? "" : "not ") +
           "real at the 5 % level (McNemar's exact test).";
  return std::to_string(real) + " of the " + std::to_string(set.pairs.size()) +
         " differences in accuracy between two of them are real at the 5 % level (McNemar's exact test, Holm's "
         "correction).";
}

std::string seedSentence(const ComparableSet& set) {
  const auto [low, high] =
      std::minmax_element(set.recipes.begin(), set.recipes.end(),
                          [](const Recipe& a, const Recipe& b) { return a.accuracy.deviation < b.accuracy.deviation; });
  const std::string deviations = low == high ? "a standard deviation of " + percent(low->accuracy.deviation)
                                             : "standard deviations of " + percent(low->accuracy.deviation) + " to " +
                                                   percent(high->accuracy.deviation);
  return "The training's seed alone moves an accuracy by " + deviations + " points.";
}

std::string foldsSentence(const Entry& entry) {
  const Folds& folds = *entry.folds;
  std::string text =
      entry.name + " is made of fold " + listed(folds.numbers) + " of " + folds.of + ": " + listed(folds.runs);
  if (folds.runs.size() > folds.numbers.size()) text += "; by fold, the seeds' mean counts, else the lowest seed alone";
  return text + ".";
}

}  // namespace

std::string percent(double share, int digits) {
  return fixed(kHundred * share, digits);
}

std::string percentRange(const metrics::Interval& interval, int digits) {
  return percent(interval.low, digits) + " to " + percent(interval.high, digits);
}

std::string spreadText(const Spread& spread) {
  return percent(spread.mean) + " ± " + percent(spread.deviation);
}

std::string pValue(double p) {
  constexpr double kSmallest = 0.001;
  return p < kSmallest ? "< 0.001" : fixed(p, 3);
}

std::string setTitle(const ComparableSet& set) {
  constexpr std::size_t kHashShown = 12;
  return set.protocol + " protocol, " + grouped(set.rows) + " images, data " + shortened(set.data_hash, kHashShown);
}

std::vector<std::string> headline(const ComparableSet& set) {
  std::vector<std::string> sentences{bestSentence(set)};
  if (set.entries.size() > 1) {
    sentences.push_back(equalsSentence(set));
    sentences.push_back(pairsSentence(set));
  }
  sentences.push_back("One standard error of an accuracy is " + percent(set.standardError()) + " points here.");
  if (!set.recipes.empty()) sentences.push_back(seedSentence(set));
  if (std::any_of(set.entries.begin(), set.entries.end(), [](const Entry& entry) { return entry.folds.has_value(); }))
    sentences.emplace_back(
        "Folds are put together: each image is predicted by the run that did not train on it; \"by fold\" is the mean "
        "and standard deviation over the folds.");
  return sentences;
}

std::vector<std::string> entrySentences(const ComparableSet& set) {
  std::vector<std::string> sentences;
  for (const Entry& entry : set.entries) {
    const metrics::Interval accuracy = entry.scores[static_cast<std::size_t>(metrics::Score::kAccuracy)].interval;
    if (metrics::allAlike(entry.summary().all.confusion) && accuracy.low < accuracy.high)
      sentences.push_back((entry.summary().all.confusion.correct() == 0 ? "No" : "Every") +
                          std::string(" image is recognised by ") + entry.name +
                          ", which resampling would call certain: its intervals are Wilson's, but for the ECE.");
    if (entry.folds) sentences.push_back(foldsSentence(entry));
    if (entry.summary().members.empty()) continue;
    std::vector<std::string> members;
    for (const metrics::Member& member : entry.summary().members)
      members.push_back(member.run + " (" + fixed(member.weight, 2) + ")");
    sentences.push_back(
        entry.name + " is the mean of the probabilities of " + listed(members) +
        (entry.summary().ensemble_weights == "validation" ? ", weighted on the validation split." : "."));
  }
  return sentences;
}

std::string apartSentence(const Comparison& comparison) {
  if (comparison.sets.size() < 2) return "";
  return "These runs are not ranked together, because their scores are no comparison; each of the " +
         std::to_string(comparison.sets.size()) +
         " sets below is ranked for itself. To compare all, evaluate them on the same data, protocol and split.";
}

std::map<std::string, std::string> runsOf(const KeyValues& key) {
  std::map<std::string, std::string> runs;
  for (const auto& [run, value] : key.values) {
    std::string& names = runs[value.empty() ? "(empty)" : value];
    names += (names.empty() ? "" : ", ") + run;
  }
  return runs;
}

std::vector<std::string> limits(const Comparison& comparison) {
  const auto has_fer2013 = [](const ComparableSet& set) {
    return std::any_of(set.entries.begin(), set.entries.end(),
                       [](const Entry& entry) { return isFer2013(entry.summary()); });
  };
  const bool fer2013 = std::any_of(comparison.sets.begin(), comparison.sets.end(), has_fer2013);
  return {
      fer2013
          ? "The labels are one crowd's view of a face: on FER-2013 a human agrees with them on 65 ± 5 % of the images "
            "(Goodfellow et al. 2013). A score far above that says that a model learnt the labels' habits, not that it "
            "knows what people feel."
          : "The labels are somebody's view of a face; how far people agree with them, the makers of the dataset must "
            "say. A score far above that says that a model learnt the labels' habits, not that it knows what people "
            "feel.",
      "A 95 % interval and the tests here speak of the choice of test images alone: not of another training seed (see "
      "the groups of seeds, where there are any), another dataset or another camera.",
      "The more often a test split was read while models were chosen, the less its scores say.",
      kProhibition,
  };
}

std::string reportLink(const Entry& entry, const std::filesystem::path& home) {
  const auto absolute = [](const std::filesystem::path& path) {
    return std::filesystem::absolute(path).lexically_normal();
  };
  const auto target = absolute(entry.run / "eval" / entry.evaluated.folder / "report.md");
  return linkTarget(target.lexically_relative(absolute(home / "")));
}

}  // namespace fer::report
