#include "report/comparison/pooled_folds.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

#include "report/comparison/entries.hpp"

namespace fer::report {
namespace {

constexpr const char* kFold = "data.fold";
constexpr const char* kFolds = "data.folds";

/// What runs must have in common: the config but for fold and seed, the weights, the augmentation, data and classes.
using Alike = std::tuple<FlatJson, std::string, std::string, std::string, std::vector<std::string>>;

/// A run's validation of a fold.
struct Validation {
  std::string fold;
  std::string seed;
  std::size_t entry = 0;  ///< its place
};

/// The config of the entry's run; nothing where it validates no fold.
const FlatJson* configOf(const Entry& entry, const NamedJson& configs) {
  const metrics::Summary& summary = entry.summary();
  if (summary.protocol != "kfold" || summary.split != "validation") return nullptr;
  std::string run = entry.name;
  if (const std::string variant = " + " + summary.tta; run.ends_with(variant)) run.resize(run.size() - variant.size());
  const auto config = configs.find(run);
  if (config == configs.end()) return nullptr;
  const bool complete = config->second.contains(kFold) && config->second.contains(kFolds) &&
                        config->second.contains(kSeedKey);  // else the file is not fer-train's
  return complete ? &config->second : nullptr;
}

/// By fold, then by seed, whole numbers as texts, then by name.
void sortByFold(std::vector<Validation>& validations, const std::vector<Entry>& entries) {
  const auto rank = [&](const Validation& one) {
    return std::tuple(one.fold.size(), one.fold, one.seed.size(), one.seed, entries[one.entry].name);
  };
  std::sort(validations.begin(), validations.end(),
            [&](const Validation& a, const Validation& b) { return rank(a) < rank(b); });
}

/// The first run of each fold.
std::vector<const Entry*> onePerFold(const std::vector<Validation>& validations, const std::vector<Entry>& entries) {
  std::vector<const Entry*> found;
  for (std::size_t i = 0; i < validations.size(); ++i)
    if (i == 0 || validations[i].fold != validations[i - 1].fold) found.push_back(&entries[validations[i].entry]);
  return found;
}

/// The rows of all, ascending.
Predictions joinedRows(const std::vector<const Entry*>& entries) {
  std::vector<std::pair<const Predictions*, std::size_t>> order;
  for (const Entry* entry : entries)
    for (std::size_t i = 0; i < entry->evaluated.predictions.rows.size(); ++i)
      order.emplace_back(&entry->evaluated.predictions, i);
  std::sort(order.begin(), order.end(),
            [](const auto& a, const auto& b) { return a.first->rows[a.second] < b.first->rows[b.second]; });
  Predictions all;
  all.classes = entries.front()->evaluated.predictions.classes;
  const auto classes = static_cast<std::ptrdiff_t>(all.classes.size());
  for (const auto& [from, i] : order) {
    all.rows.push_back(from->rows[i]);
    all.usages.push_back(from->usages[i]);
    all.labels.push_back(from->labels[i]);
    all.predicted.push_back(from->predicted[i]);
    const auto first = from->probabilities.begin() + static_cast<std::ptrdiff_t>(i) * classes;
    all.probabilities.insert(all.probabilities.end(), first, first + classes);
  }
  return all;
}

metrics::ScoredRows joinedLeakFree(const std::vector<const Entry*>& entries) {
  const std::size_t classes = entries.front()->summary().classes.size();
  std::vector<std::int64_t> counts(classes * classes);
  for (const Entry* entry : entries)
    for (std::size_t i = 0; i < counts.size(); ++i)
      counts[i] += entry->summary().leak_free.confusion.at(i / classes, i % classes);
  return metrics::scored(metrics::ConfusionMatrix(classes, std::move(counts)));
}

/// What was measured of one network alone is left out.
Evaluated joinedEvaluation(const std::vector<const Entry*>& entries) {
  const Entry& first = *entries.front();
  Evaluated all;
  all.folder = first.evaluated.folder;
  all.predictions = joinedRows(entries);
  static_cast<metrics::Origin&>(all.summary) = first.summary();
  all.summary.epoch = 0;
  all.summary.cost.reset();
  all.summary.calibration.reset();
  all.summary.all = metrics::scored(
      metrics::ConfusionMatrix(all.predictions.classes.size(), all.predictions.labels, all.predictions.predicted));
  all.summary.leak_free = joinedLeakFree(entries);
  return all;
}

/// Over the folds; a fold's score is the mean over its runs.
Spread overFolds(const std::vector<Validation>& validations, const std::vector<Entry>& entries, metrics::Score score) {
  std::map<std::string, std::vector<double>> folds;
  for (const Validation& one : validations) folds[one.fold].push_back(entries[one.entry].score(score));
  std::vector<double> means;
  means.reserve(folds.size());
  for (const auto& [fold, scores] : folds)
    means.push_back(std::accumulate(scores.begin(), scores.end(), 0.0) / static_cast<double>(scores.size()));
  return spreadOf(means);
}

Entry pooled(const std::vector<Validation>& validations, const std::vector<Entry>& entries, const std::string& of) {
  const std::vector<const Entry*> chosen = onePerFold(validations, entries);
  Entry all = entryOf(joinedEvaluation(chosen), chosen.front()->run,
                      chosen.front()->name + " (" + std::to_string(chosen.size()) + " folds)");
  Folds folds;
  folds.of = of;
  for (const Validation& one : validations) {
    if (folds.numbers.empty() || folds.numbers.back() != one.fold) folds.numbers.push_back(one.fold);
    folds.runs.push_back(entries[one.entry].name);
    all.test_reads += entries[one.entry].test_reads;
  }
  folds.accuracy = overFolds(validations, entries, metrics::Score::kAccuracy);
  folds.balanced_accuracy = overFolds(validations, entries, metrics::Score::kBalancedAccuracy);
  folds.macro_f1 = overFolds(validations, entries, metrics::Score::kMacroF1);
  all.folds = std::move(folds);
  return all;
}

}  // namespace

std::vector<Entry> withFoldsPooled(std::vector<Entry> entries, const NamedJson& configs) {
  std::map<Alike, std::vector<Validation>> groups;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const FlatJson* config = configOf(entries[i], configs);
    if (config == nullptr) continue;
    const metrics::Summary& summary = entries[i].summary();
    FlatJson recipe = recipeIn(*config);
    recipe.erase(kFold);
    groups[{std::move(recipe), summary.checkpoint, summary.tta, summary.data_hash, summary.classes}].push_back(
        {config->at(kFold), config->at(kSeedKey), i});
  }
  std::vector<Entry> found;
  std::vector<bool> taken(entries.size(), false);
  for (auto& [alike, validations] : groups) {
    sortByFold(validations, entries);
    if (validations.front().fold == validations.back().fold) continue;
    found.push_back(pooled(validations, entries, std::get<0>(alike).at(kFolds)));
    for (const Validation& one : validations) taken[one.entry] = true;
  }
  for (std::size_t i = 0; i < entries.size(); ++i)
    if (!taken[i]) found.push_back(std::move(entries[i]));
  return found;
}

}  // namespace fer::report
