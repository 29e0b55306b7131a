#include "report/comparison/configs.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace fer::report {
namespace {

bool isPath(const std::string& key) {
  return key == "path" || key.ends_with(".path");
}

/// Where a run was made changes no recipe.
bool isOfTheRecipe(const std::string& key) {
  return key != kSeedKey && !isPath(key) && !key.starts_with("machine.");
}

std::vector<double> recipeScores(const ComparableSet& set, const Recipe& recipe, metrics::Score score) {
  std::vector<double> found;
  for (const std::size_t i : recipe.entries) found.push_back(set.entries[i].score(score));
  return found;
}

}  // namespace

FlatJson recipeIn(const FlatJson& config) {
  FlatJson found;
  for (const auto& [key, value] : config)
    if (isOfTheRecipe(key)) found.emplace(key, value);
  return found;
}

Spread spreadOf(const std::vector<double>& values) {
  Spread spread;
  const auto count = static_cast<double>(values.size());
  for (const double value : values) spread.mean += value / count;
  double squares = 0;
  for (const double value : values) squares += std::pow(value - spread.mean, 2);
  spread.deviation = std::sqrt(squares / (count - 1));
  return spread;
}

std::vector<KeyValues> allValuesOf(const NamedJson& files) {
  std::map<std::string, std::map<std::string, std::string>> keys;
  for (const auto& [name, file] : files)
    for (const auto& [key, value] : file)
      if (!isPath(key)) keys[key].emplace(name, value);
  std::vector<KeyValues> found;
  for (auto& [key, values] : keys) {
    const std::string& first = values.begin()->second;
    const bool alike = values.size() == files.size() &&
                       std::all_of(values.begin(), values.end(), [&](const auto& v) { return v.second == first; });
    found.push_back({key, std::move(values), alike});
  }
  return found;
}

std::vector<KeyValues> differencesOf(const NamedJson& files) {
  std::vector<KeyValues> found = allValuesOf(files);
  std::erase_if(found, [](const KeyValues& key) { return key.alike; });
  return found;
}

std::vector<Recipe> recipesOf(const ComparableSet& set, const NamedJson& configs) {
  std::map<std::pair<FlatJson, std::string>, Recipe> recipes;
  for (std::size_t i = 0; i < set.entries.size(); ++i) {
    const Entry& entry = set.entries[i];
    const auto config = configs.find(entry.name);  // a variant's name is no run's
    if (config == configs.end() || !config->second.contains(kSeedKey)) continue;
    Recipe& recipe = recipes[{recipeIn(config->second), entry.summary().checkpoint}];
    const std::string& seed = config->second.at(kSeedKey);
    // The same seed again is no further draw from the recipe.
    if (std::find(recipe.seeds.begin(), recipe.seeds.end(), seed) != recipe.seeds.end()) continue;
    if (recipe.entries.empty()) recipe.name = entry.name;
    recipe.entries.push_back(i);
    recipe.seeds.push_back(seed);
  }
  std::vector<Recipe> found;
  for (auto& [key, recipe] : recipes) {
    if (recipe.entries.size() < 2) continue;
    recipe.accuracy = spreadOf(recipeScores(set, recipe, metrics::Score::kAccuracy));
    recipe.balanced_accuracy = spreadOf(recipeScores(set, recipe, metrics::Score::kBalancedAccuracy));
    recipe.macro_f1 = spreadOf(recipeScores(set, recipe, metrics::Score::kMacroF1));
    found.push_back(std::move(recipe));
  }
  std::sort(found.begin(), found.end(), [](const Recipe& a, const Recipe& b) {
    return a.accuracy.mean != b.accuracy.mean ? a.accuracy.mean > b.accuracy.mean : a.entries < b.entries;
  });
  return found;
}

std::vector<RecipePair> recipePairs(const ComparableSet& set) {
  const auto accuracies = [&](const Recipe& recipe) { return recipeScores(set, recipe, metrics::Score::kAccuracy); };
  std::vector<RecipePair> pairs;
  std::vector<double> p;
  for (std::size_t first = 0; first < set.recipes.size(); ++first)
    for (std::size_t second = first + 1; second < set.recipes.size(); ++second) {
      pairs.push_back(
          {first, second, metrics::welch(accuracies(set.recipes[first]), accuracies(set.recipes[second])), 1});
      p.push_back(pairs.back().accuracy.p);
    }
  const std::vector<double> held = metrics::holm(p);
  for (std::size_t i = 0; i < pairs.size(); ++i) pairs[i].holm = held[i];
  return pairs;
}

}  // namespace fer::report
