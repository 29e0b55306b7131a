#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "fer/metrics/evaluation.hpp"
#include "fer/report/picture/picture.hpp"

namespace fer::report {

constexpr std::size_t kMistakes = 24;
constexpr std::size_t kMistakesARow = 8;

/// The rows that the model got wrong and was surest of, as indexes into the evaluation's lists: by the prediction's
/// probability, the highest first, then by row number. At most `most`. Throws std::invalid_argument where the
/// evaluation's lists do not fit.
std::vector<std::size_t> surestMistakes(const metrics::Evaluation& evaluation, std::size_t most = kMistakes);

/// Images of one size side by side, without gaps, `columns` a row from the top left; cells without an image are white.
/// An image is `channels` planes of height x width bytes, 1 or 3 of them. Throws std::invalid_argument where an image
/// has another size or there is none.
struct Cell {
  std::size_t channels = 1;
  std::size_t height = 0;
  std::size_t width = 0;
};
Picture sheet(Cell cell, std::span<const std::span<const std::uint8_t>> images, std::size_t columns = kMistakesARow);

}  // namespace fer::report
