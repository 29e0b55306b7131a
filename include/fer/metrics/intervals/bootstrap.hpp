#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "fer/metrics/intervals/interval.hpp"

namespace fer::metrics {

/// The scores that get an interval, in the order of every list of them.
enum class Score : std::size_t { kAccuracy, kBalancedAccuracy, kMacroF1, kWeightedF1, kEce };
constexpr std::size_t kScores = 5;

/// What one model said of the rows that all models here were asked of.
struct ModelRows {
  std::span<const int> predictions;    ///< a class each
  std::span<const float> confidences;  ///< the prediction's probability each
};

struct BootstrapOptions {
  std::size_t draws = 10000;
  std::uint32_t seed = 0;
  bool stratified = false;  ///< draw from each class as many rows as it has
  unsigned threads = 1;     ///< the result does not depend on it
};

/// The scores of every model on the same resampled rows, draw by draw: so that models are compared as pairs. Immutable.
class BootstrapDraws {
 public:
  std::size_t models() const { return estimates_.size() / kScores; }
  /// On the rows as they are.
  double estimate(std::size_t model, Score score) const;
  std::span<const double> draws(std::size_t model, Score score) const;

  /// numpy.percentile of the draws at (1 -+ confidence) / 2.
  Interval percentile(std::size_t model, Score score, double confidence = 0.95) const;
  /// Bias-corrected and accelerated: scipy.stats.bootstrap(method="BCa"). Where all draws are alike, that value twice.
  Interval bca(std::size_t model, Score score, double confidence = 0.95) const;

 private:
  friend BootstrapDraws bootstrap(std::span<const int> labels, std::size_t classes, std::span<const ModelRows> models,
                                  const BootstrapOptions& options);
  std::size_t draws_ = 0;
  std::vector<double> estimates_;      ///< models x scores
  std::vector<double> values_;         ///< models x scores x draws
  std::vector<double> accelerations_;  ///< models x scores, from the jackknife
};

/// Source: Efron and Tibshirani, "An introduction to the bootstrap", 1993. Throws std::invalid_argument where lists
/// differ in length, are empty, or hold what is no class.
BootstrapDraws bootstrap(std::span<const int> labels, std::size_t classes, std::span<const ModelRows> models,
                         const BootstrapOptions& options);

/// The first model's score less the second's.
struct Difference {
  double estimate = 0;
  Interval interval;  ///< percentile, 95 %
  double p = 1;       ///< two-sided: 2 min(share of draws <= 0, share >= 0), each count one more, at most 1
};
Difference difference(const BootstrapDraws& draws, std::size_t first, std::size_t second, Score score);

}  // namespace fer::metrics
