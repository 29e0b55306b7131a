#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "fer/metrics/intervals/bootstrap.hpp"
#include "fer/metrics/probability/calibration.hpp"
#include "fer/metrics/tests/paired.hpp"
#include "fer/metrics/tests/welch.hpp"
#include "fer/report/comparison/run_result.hpp"

namespace fer::report {

/// The probability of error that each family of paired tests is held to.
constexpr double kSignificance = 0.05;

struct ComparisonOptions {
  /// Of the bootstrap, at least: a set of many pairs takes 50 a pair, so that Holm's correction leaves p values below 5
  /// %.
  std::size_t draws = 10000;
  std::uint32_t seed = 0;  ///< of the bootstrap
  unsigned threads = 1;    ///< the result does not depend on it
};

/// A score with its 95 % interval.
struct Measured {
  double value = 0;
  metrics::Interval interval;
};

/// What the original project published for a model, 0..1; averages are weighted.
struct Published {
  double accuracy = 0;
  double precision = 0;
  double f1 = 0;
  double balanced_accuracy = 0;
};

/// A wrong prediction.
struct Mistake {
  std::uint32_t row = 0;  ///< of the dataset's file
  int label = 0;
  int predicted = 0;
  float confidence = 0;  ///< the predicted class's probability
};

/// Mean and spread over runs that differ in their seed or fold alone.
struct Spread {
  double mean = 0;
  double deviation = 0;  ///< sample standard deviation, n - 1
};

/// What a row of several folds is made of.
struct Folds {
  std::vector<std::string> numbers;  ///< data.fold of each, two at least
  std::string of;                    ///< data.folds
  std::vector<std::string> runs;     ///< by fold, then by seed; of several of a fold the first gave the rows
  Spread accuracy;                   ///< over the folds; a fold's score is the mean over its runs
  Spread balanced_accuracy;
  Spread macro_f1;
};

/// One evaluation as a row of the table: a run, a run with test-time augmentation, or the validations of the folds of
/// protocol kfold put together.
struct Entry {
  std::string name;           ///< the folder's, or its path where two share a name; " + flip" or " + tencrop" behind
  std::filesystem::path run;  ///< the run's folder as it was given
  Evaluated evaluated;        ///< what was stored
  std::array<Measured, metrics::kScores> scores;  ///< in the order of metrics::Score
  metrics::ProbabilityScores probability;         ///< as stored; computed from the predictions where it was not
  std::vector<metrics::ReliabilityBin> reliability;
  std::string letters;  ///< two entries of a set share a letter where their accuracies do not differ; "a", "ab"
  std::vector<Mistake> mistakes;  ///< the 24 most confident, by confidence descending, then by row
  std::optional<Published> published;
  std::optional<History> history;  ///< of the training; a run's first entry has it
  int test_reads = 0;              ///< how often the run's test split was read; of folds the sum
  std::optional<Folds> folds;      ///< where several runs' rows were put together; evaluated is then nobody's file

  const metrics::Summary& summary() const { return evaluated.summary; }
  double score(metrics::Score which) const { return scores[static_cast<std::size_t>(which)].value; }
};

/// Two entries of a set on the same rows. Every `holm` is corrected for all pairs of the set.
struct Pair {
  std::size_t first = 0;  ///< the better ranked
  std::size_t second = 0;
  metrics::McNemar accuracy;
  double accuracy_holm = 1;  ///< of the exact test
  metrics::Difference macro_f1;
  double macro_f1_holm = 1;
  metrics::Difference balanced_accuracy;
  double balanced_accuracy_holm = 1;
  double kappa = 0;  ///< Cohen's, between the two models' predictions
};

/// The runs of one recipe: their configs differ in train.seed, data.path and machine.* at most.
struct Recipe {
  std::string name;                  ///< of its best ranked run, without a variant's ending
  std::vector<std::size_t> entries;  ///< plain evaluations, best first; at least two
  std::vector<std::string> seeds;
  Spread accuracy;
  Spread balanced_accuracy;
  Spread macro_f1;
};

/// Two recipes of a set, compared over their seeds.
struct RecipePair {
  std::size_t first = 0;  ///< the better ranked
  std::size_t second = 0;
  metrics::Welch accuracy;
  double holm = 1;  ///< the p value, corrected for all pairs of recipes
};

/// Entries that may be ranked together: one protocol, one dataset, the same rows.
struct ComparableSet {
  std::string protocol;
  std::string data_hash;
  std::vector<std::string> classes;
  std::int64_t rows = 0;
  std::vector<Entry> entries;  ///< the most accurate first, then by name
  std::vector<Pair> pairs;     ///< (0,1), (0,2) ... (1,2) ...
  std::vector<Recipe> recipes;
  std::vector<RecipePair> recipe_pairs;  ///< (0,1), (0,2) ... (1,2) ...
  std::size_t draws = 0;                 ///< of the bootstrap; 0 where none was needed

  /// Throws std::out_of_range where the two are no different entries of the set. Either order.
  const Pair& pair(std::size_t one, std::size_t other) const;
  /// One standard error of the best entry's accuracy: sqrt(p (1 - p) / rows).
  double standardError() const;
};

/// A key with the value of each run that has it, by the runs' names.
struct KeyValues {
  std::string key;
  std::map<std::string, std::string> values;
  bool alike = false;  ///< every run has the key, with the same value
};

/// Evaluated runs side by side on one split: what every writer draws from.
struct Comparison {
  std::string split;
  std::vector<ComparableSet> sets;            ///< the one with the most entries first
  std::vector<std::string> apart;             ///< why there are several: "protocol: original (a, b), challenge (c)"
  std::vector<std::string> open;              ///< for each run that is not evaluated or is damaged: what to do
  std::vector<KeyValues> config_differences;  ///< keys in which runs differ, data.path aside
  std::vector<KeyValues> environment;         ///< keys of environment.json, paths aside
};

/// A pure function of what the runs' files hold. Throws std::invalid_argument where nothing is evaluated.
Comparison compare(std::vector<RunResult> runs, const std::string& split, const ComparisonOptions& options = {});

}  // namespace fer::report
