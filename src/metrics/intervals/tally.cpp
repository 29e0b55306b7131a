#include "metrics/intervals/tally.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "fer/metrics/probability/calibration.hpp"
#include "metrics/probability/confidence_bins.hpp"

namespace fer::metrics {
namespace {

double ratio(double part, double whole) {
  return whole == 0 ? 0 : part / whole;
}

}  // namespace

ScoreValues valuesOf(const Tally& tally) {
  double correct = 0;
  double recall = 0;
  double classes_with_rows = 0;
  double f1 = 0;
  double weighted_f1 = 0;
  for (std::size_t i = 0; i < tally.labelled.size(); ++i) {
    const double own = ratio(2 * tally.correct[i], tally.labelled[i] + tally.predicted[i]);
    correct += tally.correct[i];
    recall += ratio(tally.correct[i], tally.labelled[i]);
    classes_with_rows += tally.labelled[i] > 0 ? 1 : 0;
    f1 += own;
    weighted_f1 += own * tally.labelled[i];
  }
  double gap = 0;
  for (const double one : tally.gaps) gap += std::abs(one);
  return {ratio(correct, tally.rows), ratio(recall, classes_with_rows),
          ratio(f1, static_cast<double>(tally.labelled.size())), ratio(weighted_f1, tally.rows),
          ratio(gap, tally.rows)};
}

TalliedRows::TalliedRows(std::span<const int> labels, std::size_t classes, const ModelRows& model)
    : classes_(classes), confidences_(model.confidences.begin(), model.confidences.end()) {
  if (model.predictions.size() != labels.size() || model.confidences.size() != labels.size())
    throw std::invalid_argument("bootstrap: labels, predictions and confidences differ in number");
  cells_.reserve(labels.size());
  for (std::size_t row = 0; row < labels.size(); ++row) {
    const int prediction = model.predictions[row];
    if (prediction < 0 || static_cast<std::size_t>(prediction) >= classes)
      throw std::invalid_argument("bootstrap: a prediction is no class");
    if (std::isnan(confidences_[row])) throw std::invalid_argument("bootstrap: a confidence is not a number");
    const std::size_t side = 2 * static_cast<std::size_t>(prediction) + (prediction == labels[row] ? 1 : 0);
    cells_.push_back(
        static_cast<std::uint32_t>(side * kReliabilityBins + equalWidthBin(confidences_[row], kReliabilityBins)));
  }
}

std::size_t TalliedRows::bin(std::size_t row) const {
  return cells_[row] % kReliabilityBins;
}

double TalliedRows::gap(std::size_t row) const {
  const bool right = cells_[row] / kReliabilityBins % 2 == 1;
  return static_cast<double>(confidences_[row]) - (right ? 1 : 0);
}

void TalliedRows::tally(std::span<const double> weights, std::vector<Cell>& scratch, Tally& tally) const {
  scratch.assign(2 * classes_ * kReliabilityBins, Cell{});
  for (std::size_t row = 0; row < cells_.size(); ++row) {
    Cell& cell = scratch[cells_[row]];
    cell.rows += weights[row];
    cell.confidence += weights[row] * static_cast<double>(confidences_[row]);
  }
  std::fill(tally.gaps.begin(), tally.gaps.end(), 0.0);
  const Cell* cell = scratch.data();
  for (std::size_t i = 0; i < classes_; ++i) {
    double wrong = 0;
    double right = 0;
    for (double& gap : tally.gaps) {
      wrong += cell->rows;
      gap += cell->confidence;
      ++cell;
    }
    for (double& gap : tally.gaps) {
      right += cell->rows;
      gap += cell->confidence - cell->rows;
      ++cell;
    }
    tally.predicted[i] = wrong + right;
    tally.correct[i] = right;
  }
}

}  // namespace fer::metrics
