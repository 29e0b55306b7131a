#include "metrics/intervals/jackknife.hpp"

#include <cmath>
#include <map>
#include <utility>

namespace fer::metrics {
namespace {

/// Values with how often each occurs.
class Sample {
 public:
  void add(double value, double times) {
    values_.emplace_back(value, times);
    sum_ += value * times;
    count_ += times;
  }

  /// Sum of the cubes over the sum of the squares to 3/2, of the values' distances below their mean; over 6.
  double acceleration() const {
    const double mean = sum_ / count_;
    double squares = 0;
    double cubes = 0;
    for (const auto& [value, times] : values_) {
      const double below = mean - value;
      squares += times * below * below;
      cubes += times * below * below * below;
    }
    // Values that are equal but for rounding have no skewness.
    constexpr double kRounding = 1e-26;
    return squares <= kRounding * count_ * mean * mean ? 0 : cubes / std::pow(squares, 1.5) / 6;
  }

 private:
  std::vector<std::pair<double, double>> values_;
  double sum_ = 0;
  double count_ = 0;
};

/// The tally without one row of a label and a prediction, but for its gaps.
Tally without(const Tally& whole, std::size_t label, std::size_t prediction) {
  Tally tally = whole;
  tally.rows -= 1;
  tally.labelled[label] -= 1;
  tally.predicted[prediction] -= 1;
  if (label == prediction) tally.correct[label] -= 1;
  return tally;
}

}  // namespace

ScoreValues accelerations(const TalliedRows& rows, std::span<const int> labels, std::span<const int> predictions,
                          const Tally& whole) {
  std::array<Sample, kScores> samples;
  // Without one row, the scores of the confusion matrix depend on its cell alone.
  std::map<std::pair<int, int>, double> cells;
  for (std::size_t row = 0; row < labels.size(); ++row) cells[{labels[row], predictions[row]}] += 1;
  for (const auto& [cell, times] : cells) {
    const ScoreValues values =
        valuesOf(without(whole, static_cast<std::size_t>(cell.first), static_cast<std::size_t>(cell.second)));
    for (std::size_t score = 0; score < kScores; ++score)
      if (static_cast<Score>(score) != Score::kEce) samples[score].add(values[score], times);
  }
  double gaps = 0;
  for (const double gap : whole.gaps) gaps += std::abs(gap);
  Sample& ece = samples[static_cast<std::size_t>(Score::kEce)];
  for (std::size_t row = 0; row < labels.size(); ++row) {
    const double gap = whole.gaps[rows.bin(row)];
    const double left = whole.rows - 1;
    ece.add(left == 0 ? 0 : (gaps - std::abs(gap) + std::abs(gap - rows.gap(row))) / left, 1);
  }
  ScoreValues result{};
  for (std::size_t score = 0; score < kScores; ++score) result[score] = samples[score].acceleration();
  return result;
}

}  // namespace fer::metrics
