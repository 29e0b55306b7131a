#pragma once

#include <map>
#include <string>
#include <vector>

#include "fer/report/comparison/comparison.hpp"

namespace fer::report {

/// The runs' flat JSON files by the runs' names.
using NamedJson = std::map<std::string, FlatJson>;

/// The keys whose values differ between the runs; a run without the key has no value. Paths of data are left out.
std::vector<KeyValues> differencesOf(const NamedJson& files);

/// Every key with every run's value; keys that are or end in "path" are left out.
std::vector<KeyValues> allValuesOf(const NamedJson& files);

/// The key of a run's seed.
constexpr const char* kSeedKey = "train.seed";

/// The keys that make a recipe: all but the seed, where the data lies and what the run was made on.
FlatJson recipeIn(const FlatJson& config);

/// Of two values at least.
Spread spreadOf(const std::vector<double>& values);

/// The recipes of a set: see Recipe. `configs` is by the runs' names.
std::vector<Recipe> recipesOf(const ComparableSet& set, const NamedJson& configs);

/// Every two of the set's recipes.
std::vector<RecipePair> recipePairs(const ComparableSet& set);

}  // namespace fer::report
