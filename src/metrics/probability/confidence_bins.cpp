#include "metrics/probability/confidence_bins.hpp"

#include <algorithm>
#include <cmath>

namespace fer::metrics {

std::size_t equalWidthBin(double confidence, std::size_t bins) {
  const auto count = static_cast<double>(bins);
  double bin = std::clamp(std::ceil(confidence * count) - 1, 0.0, count - 1);
  // The product may round across an edge.
  if (bin > 0 && confidence <= bin / count) --bin;
  if (bin + 1 < count && confidence > (bin + 1) / count) ++bin;
  return static_cast<std::size_t>(bin);
}

std::vector<float> confidencesOf(std::span<const float> probabilities, std::span<const int> predictions,
                                 std::size_t classes) {
  std::vector<float> confidences;
  confidences.reserve(predictions.size());
  for (std::size_t row = 0; row < predictions.size(); ++row)
    confidences.push_back(probabilities[row * classes + static_cast<std::size_t>(predictions[row])]);
  return confidences;
}

}  // namespace fer::metrics
