#pragma once

#include <array>

#include "fer/metrics/confusion.hpp"
#include "fer/metrics/intervals/bootstrap.hpp"
#include "fer/metrics/intervals/interval.hpp"

namespace fer::metrics {

/// Whether every row is right or every one wrong. Whatever is drawn of such rows is the same again: resampling would
/// call the scores certain, after three rows as after three thousand.
bool allAlike(const ConfusionMatrix& confusion);

/// The scores' 95 % intervals of one model: BCa; but where allAlike, Wilson's for all but the ECE: of the accuracy and
/// the weighted F1 over the rows, of the balanced accuracy and the macro F1 over as many rows as would tell the
/// classes' mean equally well, classes^2 / sum(1 / rows of a class); the macro F1 is at most the share of the classes
/// that have rows.
std::array<Interval, kScores> scoreIntervals(const BootstrapDraws& draws, std::size_t model,
                                             const ConfusionMatrix& confusion);

}  // namespace fer::metrics
