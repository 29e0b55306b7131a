#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "fer/data/dataset.hpp"
#include "fer/eval/disturb/disturb.hpp"
#include "fer/eval/evaluate.hpp"
#include "fer/metrics/evaluation.hpp"
#include "fer/metrics/robustness.hpp"
#include "fer/predict/predictor.hpp"

namespace fer::eval {

/// The mean of a curve over its levels: its area by trapezoids, divided by the span of the levels. Throws
/// std::invalid_argument where the lists differ in length or are shorter than 2.
double areaUnder(std::span<const double> levels, std::span<const double> values);

/// One curve. `rows` are indexes into the dataset, `clean` the classes that the predictor gave their undisturbed
/// images; every other level is a run over the rows. `progress` is told how many images are done of those this curve
/// needs.
metrics::RobustnessCurve curveOf(predict::Predictor& predictor, const data::Dataset& dataset,
                                 std::span<const std::uint32_t> rows, std::span<const int> clean,
                                 const Disturbance& disturbance, const ProgressCallback& progress = {});

/// Images that all curves together need for so many rows.
std::size_t imagesNeeded(std::span<const Disturbance> disturbances, std::size_t rows);

/// A curve of each disturbance, on at most `most_rows` of the rows, evenly spread over the list (0: on all), and the
/// slices, on all. `evaluation` is of the same predictor and the same rows, in their order.
metrics::Robustness robustness(predict::Predictor& predictor, const data::Dataset& dataset,
                               std::span<const std::uint32_t> rows, const metrics::Evaluation& evaluation,
                               std::span<const Disturbance> disturbances, std::size_t most_rows,
                               const ProgressCallback& progress = {});

/// The rows in quarters by the mean of their pixels, then by their standard deviation, from the lowest up; of equal
/// ones the earlier row counts as lower. `right` says of each row whether its prediction was.
std::vector<metrics::Slice> naturalSlices(const data::Dataset& dataset, std::span<const std::uint32_t> rows,
                                          const std::vector<bool>& right);

}  // namespace fer::eval
