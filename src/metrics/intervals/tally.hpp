#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "fer/metrics/intervals/bootstrap.hpp"

namespace fer::metrics {

/// A value for each Score.
using ScoreValues = std::array<double, kScores>;

/// The sums from which all scores of a bootstrap follow. Rows may count several times or not at all.
struct Tally {
  Tally(std::size_t classes, std::size_t bins) : labelled(classes), predicted(classes), correct(classes), gaps(bins) {}

  double rows = 0;
  std::vector<double> labelled;   ///< rows of each class
  std::vector<double> predicted;  ///< rows taken for each class
  std::vector<double> correct;    ///< rows of each class taken for it
  std::vector<double> gaps;       ///< confidences less right predictions of each bin of the calibration error
};

ScoreValues valuesOf(const Tally& tally);

/// One model's rows, made ready to be tallied many times. A row falls into a cell: its prediction, whether that is
/// right, the bin of its confidence. A tally takes one addition a row, whatever the number of scores.
class TalliedRows {
 public:
  /// Throws std::invalid_argument where the lists differ in length or a prediction is no class.
  TalliedRows(std::span<const int> labels, std::size_t classes, const ModelRows& model);

  struct Cell {
    double rows = 0;
    double confidence = 0;
  };

  std::size_t rows() const { return cells_.size(); }
  std::size_t bin(std::size_t row) const;
  double gap(std::size_t row) const;  ///< confidence less 1 where the prediction is right

  /// Fills all of the tally but the labels' side, each row counting weights[row] times. `scratch` is for its own use.
  void tally(std::span<const double> weights, std::vector<Cell>& scratch, Tally& tally) const;

 private:
  std::size_t classes_;
  std::vector<std::uint32_t> cells_;
  std::vector<float> confidences_;
};

}  // namespace fer::metrics
