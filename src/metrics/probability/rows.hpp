#pragma once

#include <cstddef>
#include <span>

namespace fer::metrics {

/// Throws std::invalid_argument that begins with `who` where the probabilities are not one row of `classes` a label,
/// one is not a number, or a label is no class.
void checkRows(std::span<const float> probabilities, std::span<const int> labels, std::size_t classes, const char* who);

/// Natural logarithm of a probability, which counts as at least 1e-15: a zero would make a mean infinite.
double logProbability(float probability);

}  // namespace fer::metrics
