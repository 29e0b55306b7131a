#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "fer/metrics/confusion.hpp"
#include "fer/metrics/probability/calibration.hpp"
#include "metrics/probability/confidence_bins.hpp"
#include "metrics/probability/rows.hpp"

namespace fer::metrics {
namespace {

std::vector<ReliabilityBin> equalWidth(std::size_t bins) {
  std::vector<ReliabilityBin> result(bins);
  const auto count = static_cast<double>(bins);
  for (std::size_t i = 0; i < bins; ++i) {
    result[i].low = static_cast<double>(i) / count;
    result[i].high = static_cast<double>(i + 1) / count;
  }
  return result;
}

/// Bin i ends at the confidence below or at which (i + 1) / bins of the rows are: equal confidences share a bin.
std::vector<ReliabilityBin> equalMass(std::vector<float> confidences, std::size_t bins) {
  std::vector<ReliabilityBin> result(bins);
  if (confidences.empty()) return result;
  std::sort(confidences.begin(), confidences.end());
  double low = confidences.front();
  for (std::size_t i = 0; i < bins; ++i) {
    const std::size_t upto = std::max<std::size_t>((confidences.size() * (i + 1) + bins - 1) / bins, 1);
    result[i].low = low;
    result[i].high = low = confidences[upto - 1];
  }
  return result;
}

}  // namespace

std::vector<ReliabilityBin> reliability(std::span<const float> probabilities, std::span<const int> labels,
                                        std::size_t classes, Binning binning, std::size_t bins) {
  checkRows(probabilities, labels, classes, "reliability");
  if (bins == 0) throw std::invalid_argument("reliability: no bins");
  const std::vector<int> predictions = mostProbable(probabilities, classes);
  const std::vector<float> confidences = confidencesOf(probabilities, predictions, classes);
  std::vector<ReliabilityBin> result =
      binning == Binning::kEqualWidth ? equalWidth(bins) : equalMass(confidences, bins);
  const auto binOf = [&](double confidence) {
    if (binning == Binning::kEqualWidth) return equalWidthBin(confidence, bins);
    const auto found = std::lower_bound(result.begin(), result.end(), confidence,
                                        [](const ReliabilityBin& bin, double value) { return bin.high < value; });
    return static_cast<std::size_t>(found - result.begin());
  };
  for (std::size_t row = 0; row < labels.size(); ++row) {
    ReliabilityBin& bin = result[binOf(confidences[row])];
    ++bin.rows;
    bin.confidence += confidences[row];
    bin.accuracy += predictions[row] == labels[row] ? 1 : 0;
  }
  for (ReliabilityBin& bin : result) {
    if (bin.rows == 0) continue;
    bin.confidence /= static_cast<double>(bin.rows);
    bin.accuracy /= static_cast<double>(bin.rows);
  }
  return result;
}

double expectedCalibrationError(std::span<const ReliabilityBin> bins) {
  double sum = 0;
  std::int64_t rows = 0;
  for (const ReliabilityBin& bin : bins) {
    sum += static_cast<double>(bin.rows) * std::abs(bin.confidence - bin.accuracy);
    rows += bin.rows;
  }
  return rows == 0 ? 0 : sum / static_cast<double>(rows);
}

}  // namespace fer::metrics
