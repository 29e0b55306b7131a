#pragma once

#include <cstddef>
#include <vector>

#include "fer/metrics/evaluation.hpp"

namespace fer::report {

constexpr std::size_t kMistakes = 24;
constexpr std::size_t kMistakesARow = 8;  ///< of their picture, mistakes.png

/// The rows that the model got wrong and was surest of, as indexes into the evaluation's lists: by the prediction's
/// probability, the highest first, then by row number. At most `most`. Throws std::invalid_argument where the
/// evaluation's lists do not fit.
std::vector<std::size_t> surestMistakes(const metrics::Evaluation& evaluation, std::size_t most = kMistakes);

}  // namespace fer::report
