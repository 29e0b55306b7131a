#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace fer::metrics {

/// Which of so many bins of equal width a confidence falls into: i where it is in (i / bins, (i + 1) / bins]; what is
/// outside of 0..1 counts to the first or last.
std::size_t equalWidthBin(double confidence, std::size_t bins);

/// The prediction's probability, a row each.
std::vector<float> confidencesOf(std::span<const float> probabilities, std::span<const int> predictions,
                                 std::size_t classes);

}  // namespace fer::metrics
