#include "fer/metrics/intervals/bootstrap.hpp"

#include <algorithm>
#include <future>
#include <limits>
#include <stdexcept>

#include "fer/metrics/probability/calibration.hpp"
#include "metrics/intervals/jackknife.hpp"
#include "metrics/intervals/resampler.hpp"
#include "metrics/intervals/tally.hpp"

namespace fer::metrics {
namespace {

void check(std::span<const int> labels, std::size_t classes, std::span<const ModelRows> models,
           const BootstrapOptions& options) {
  constexpr std::size_t kMost = std::numeric_limits<std::uint32_t>::max();
  if (labels.empty() || models.empty() || options.draws == 0)
    throw std::invalid_argument("bootstrap: there are no rows, no models or no draws");
  if (labels.size() > kMost || options.draws > kMost)
    throw std::invalid_argument("bootstrap: more rows or draws than 32 bits count");
  for (const int label : labels)
    if (label < 0 || static_cast<std::size_t>(label) >= classes)
      throw std::invalid_argument("bootstrap: a label is no class");
}

/// The scores of all models for weighted rows; one thread's own.
class Scorer {
 public:
  Scorer(std::span<const int> labels, std::size_t classes, std::span<const TalliedRows> models)
      : labels_(labels), models_(models), tally_(classes, kReliabilityBins) {}

  /// Takes the rows' weights, which all models share.
  void weigh(std::span<const double> weights) {
    weights_ = weights;
    std::fill(tally_.labelled.begin(), tally_.labelled.end(), 0.0);
    for (std::size_t row = 0; row < labels_.size(); ++row)
      tally_.labelled[static_cast<std::size_t>(labels_[row])] += weights[row];
    tally_.rows = static_cast<double>(labels_.size());
  }

  const Tally& tally(std::size_t model) {
    models_[model].tally(weights_, scratch_, tally_);
    return tally_;
  }

 private:
  std::span<const int> labels_;
  std::span<const TalliedRows> models_;
  std::span<const double> weights_;
  Tally tally_;
  std::vector<TalliedRows::Cell> scratch_;
};

/// Calls work(begin, end) for parts of 0..count, each on a thread of its own; what one throws is thrown here.
template <class Work>
void inParts(std::size_t count, unsigned threads, const Work& work) {
  const std::size_t parts = std::clamp<std::size_t>(threads, 1, count);
  std::vector<std::future<void>> others;
  for (std::size_t part = 1; part < parts; ++part)
    others.push_back(std::async(std::launch::async, work, count * part / parts, count * (part + 1) / parts));
  work(0, count / parts);
  for (std::future<void>& other : others) other.get();
}

}  // namespace

BootstrapDraws bootstrap(std::span<const int> labels, std::size_t classes, std::span<const ModelRows> models,
                         const BootstrapOptions& options) {
  check(labels, classes, models, options);
  std::vector<TalliedRows> rows;
  for (const ModelRows& model : models) rows.emplace_back(labels, classes, model);
  BootstrapDraws result;
  result.draws_ = options.draws;
  result.values_.resize(models.size() * kScores * options.draws);

  const std::vector<double> once(labels.size(), 1.0);
  Scorer scorer(labels, classes, rows);
  scorer.weigh(once);
  for (std::size_t model = 0; model < models.size(); ++model) {
    const Tally& whole = scorer.tally(model);
    const ScoreValues estimates = valuesOf(whole);
    const ScoreValues skews = accelerations(rows[model], labels, models[model].predictions, whole);
    result.estimates_.insert(result.estimates_.end(), estimates.begin(), estimates.end());
    result.accelerations_.insert(result.accelerations_.end(), skews.begin(), skews.end());
  }

  const Resampler resampler(labels, classes, options.seed, options.stratified);
  inParts(options.draws, options.threads, [&](std::size_t begin, std::size_t end) {
    Scorer own(labels, classes, rows);
    std::vector<double> weights(labels.size());
    for (std::size_t draw = begin; draw < end; ++draw) {
      resampler.draw(static_cast<std::uint32_t>(draw), weights);
      own.weigh(weights);
      for (std::size_t model = 0; model < rows.size(); ++model) {
        const ScoreValues values = valuesOf(own.tally(model));
        for (std::size_t score = 0; score < kScores; ++score)
          result.values_[(model * kScores + score) * options.draws + draw] = values[score];
      }
    }
  });
  return result;
}

}  // namespace fer::metrics
