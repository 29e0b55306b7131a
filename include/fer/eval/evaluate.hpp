#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "fer/data/dataset.hpp"
#include "fer/metrics/evaluation.hpp"
#include "fer/predict/predictor.hpp"

namespace fer::eval {

/// Told after every batch how many of all rows are done.
using ProgressCallback = std::function<void(std::size_t done, std::size_t total)>;

/// Runs the predictor over the rows (indexes into the dataset, in any order) and notes what it said of each. Fills the
/// columns, the classes and the seconds of the forward passes; the rest of the origin is the caller's to fill in.
/// `in_training` says of each row whether its pixels stand in the run's training rows (data::standIn).
/// Throws Error (bad data) where the predictor takes images of another shape, knows other classes, or no row is given;
/// Error where a probability is not finite; std::invalid_argument where in_training has another length than rows.
metrics::Evaluation evaluate(predict::Predictor& predictor, const data::Dataset& dataset,
                             std::span<const std::uint32_t> rows, std::vector<bool> in_training,
                             const ProgressCallback& progress = {});

}  // namespace fer::eval
