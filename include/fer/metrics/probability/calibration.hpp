#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fer::metrics {

/// Rows by how sure the model was of its prediction. `probabilities` is rows x classes everywhere below; each function
/// throws std::invalid_argument where lists do not fit or a label is no class.
struct ReliabilityBin {
  double low = 0;  ///< confidences in (low, high]; the first bin holds its lower end too
  double high = 0;
  std::int64_t rows = 0;
  double confidence = 0;  ///< mean; 0 without rows
  double accuracy = 0;    ///< share of right predictions; 0 without rows
};

enum class Binning { kEqualWidth, kEqualMass };

constexpr std::size_t kReliabilityBins = 15;

std::vector<ReliabilityBin> reliability(std::span<const float> probabilities, std::span<const int> labels,
                                        std::size_t classes, Binning binning, std::size_t bins = kReliabilityBins);

/// Mean over the rows of |confidence - accuracy| of their bin, 0..1.
/// Source: Guo et al., "On calibration of modern neural networks", ICML 2017 (equal width); Nixon et al., "Measuring
/// calibration in deep learning", 2019 (equal mass).
double expectedCalibrationError(std::span<const ReliabilityBin> bins);

/// Mean squared distance of the probabilities to the label's one-hot vector, 0..2. Source: Brier 1950.
double brierScore(std::span<const float> probabilities, std::span<const int> labels, std::size_t classes);

/// Mean of -ln of the label's probability, which counts as at least 1e-15. Source: sklearn.metrics.log_loss.
double negativeLogLikelihood(std::span<const float> probabilities, std::span<const int> labels, std::size_t classes);

/// The temperature T > 0 by which logits are divided for the lowest negative log-likelihood, searched in 0.05..20.
/// To be fitted on validation rows alone. Source: Guo et al. 2017.
double fitTemperature(std::span<const float> probabilities, std::span<const int> labels, std::size_t classes);

/// softmax(ln(probabilities) / temperature): what the softmax would give for logits divided by it.
std::vector<float> withTemperature(std::span<const float> probabilities, std::size_t classes, double temperature);

}  // namespace fer::metrics
