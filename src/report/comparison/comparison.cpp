#include "fer/report/comparison/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>
#include <utility>

#include "fer/core/hash.hpp"
#include "fer/core/shell_path.hpp"
#include "fer/core/text/numbers.hpp"
#include "report/comparison/configs.hpp"
#include "report/comparison/entries.hpp"
#include "report/comparison/pooled_folds.hpp"
#include "report/comparison/tests.hpp"
#include "report/text.hpp"

namespace fer::report {
namespace {

bool mayBeRanked(const Entry& a, const Entry& b) {
  const metrics::Summary& one = a.summary();
  const metrics::Summary& other = b.summary();
  return one.protocol == other.protocol && one.data_hash == other.data_hash && one.classes == other.classes &&
         a.evaluated.predictions.rows == b.evaluated.predictions.rows &&
         a.evaluated.predictions.labels == b.evaluated.predictions.labels;
}

std::vector<ComparableSet> setsOf(std::vector<Entry> entries) {
  std::vector<ComparableSet> sets;
  for (Entry& entry : entries) {
    auto set = std::find_if(sets.begin(), sets.end(),
                            [&](const ComparableSet& one) { return mayBeRanked(one.entries.front(), entry); });
    if (set == sets.end()) {
      const metrics::Summary& summary = entry.summary();
      set = sets.insert(
          sets.end(),
          ComparableSet{
              summary.protocol, summary.data_hash, summary.classes, summary.all.scores.rows, {}, {}, {}, {}, 0});
    }
    set->entries.push_back(std::move(entry));
  }
  return sets;
}

void rank(ComparableSet& set) {
  std::sort(set.entries.begin(), set.entries.end(), [](const Entry& a, const Entry& b) {
    const double one = a.score(metrics::Score::kAccuracy);
    const double other = b.score(metrics::Score::kAccuracy);
    return one != other ? one > other : a.name < b.name;
  });
}

std::string namesIn(const ComparableSet& set) {
  std::string names;
  for (const Entry& entry : set.entries) names += (names.empty() ? "" : ", ") + entry.name;
  return names;
}

/// "protocol: original (a, b), challenge (c)", or nothing where all sets agree.
std::string difference(const std::vector<ComparableSet>& sets, const std::string& what,
                       const std::function<std::string(const ComparableSet&)>& value) {
  std::map<std::string, std::string> names;
  for (const ComparableSet& set : sets) {
    std::string& list = names[value(set)];
    list += (list.empty() ? "" : ", ") + namesIn(set);
  }
  if (names.size() < 2) return "";
  std::string text = what;
  const char* separator = ": ";
  for (const auto& [key, list] : names) {
    text.append(separator).append(key).append(" (").append(list).append(")");
    separator = ", ";
  }
  return text;
}

/// The number of rows and a fingerprint of which they are.
std::string rowsOf(const ComparableSet& set) {
  constexpr std::size_t kShown = 8;
  Sha256 hash;
  for (const std::uint32_t row : set.entries.front().evaluated.predictions.rows) hash.add(std::to_string(row) + ",");
  return grouped(set.rows) + " #" + hash.hex().substr(0, kShown);
}

std::vector<std::string> reasonsApart(const std::vector<ComparableSet>& sets) {
  constexpr std::size_t kHashShown = 12;
  std::vector<std::string> found{
      difference(sets, "data hash", [](const ComparableSet& s) { return shortened(s.data_hash, kHashShown); }),
      difference(sets, "protocol", [](const ComparableSet& s) { return s.protocol; }),
      difference(sets, "classes",
                 [](const ComparableSet& s) {
                   std::string names;
                   for (const std::string& name : s.classes) names += (names.empty() ? "" : "/") + name;
                   return names;
                 }),
      difference(sets, "rows", rowsOf)};
  std::erase(found, "");
  return found;
}

}  // namespace

const Pair& ComparableSet::pair(std::size_t one, std::size_t other) const {
  const auto found = std::find_if(pairs.begin(), pairs.end(), [&](const Pair& pair) {
    return pair.first == std::min(one, other) && pair.second == std::max(one, other);
  });
  if (found == pairs.end()) throw std::out_of_range("ComparableSet::pair: no such pair");
  return *found;
}

double ComparableSet::standardError() const {
  const double share = entries.front().score(metrics::Score::kAccuracy);
  return std::sqrt(share * (1 - share) / static_cast<double>(rows));
}

Comparison compare(std::vector<RunResult> runs, const std::string& split, const ComparisonOptions& options) {
  Comparison result;
  result.split = split;
  const std::vector<std::string> names = runNames(runs);
  std::vector<Entry> entries;
  NamedJson configs;
  NamedJson environments;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    RunResult& run = runs[i];
    if (!run.damage.empty())
      result.open.push_back(names[i] + ": damaged: " + run.damage);
    else if (run.evaluations.empty())
      result.open.push_back(names[i] + ": not evaluated: run `fer-eval --run " + shellPath(run.folder) +
                            (split == "test" ? "" : " --split " + split) + "`");
    for (Entry& entry : entriesOf(run, names[i])) entries.push_back(std::move(entry));
    if (!run.config.empty()) configs[names[i]] = std::move(run.config);
    if (!run.environment.empty()) environments[names[i]] = std::move(run.environment);
  }
  if (entries.empty()) throw std::invalid_argument("compare: no run is evaluated");
  result.sets = setsOf(withFoldsPooled(std::move(entries), configs));
  for (ComparableSet& set : result.sets) {
    rank(set);
    testSet(set, options);
    set.recipes = recipesOf(set, configs);
    set.recipe_pairs = recipePairs(set);
  }
  std::stable_sort(result.sets.begin(), result.sets.end(),
                   [](const ComparableSet& a, const ComparableSet& b) { return a.entries.size() > b.entries.size(); });
  result.apart = reasonsApart(result.sets);
  result.config_differences = differencesOf(configs);
  result.environment = allValuesOf(environments);
  return result;
}

}  // namespace fer::report
