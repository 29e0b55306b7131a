#pragma once

#include <string>

#include "fer/metrics/evaluation.hpp"
#include "fer/metrics/intervals/interval.hpp"
#include "fer/metrics/summary.hpp"

namespace fer::report {

constexpr int kScoreDigits = 4;  ///< after the point, of scores from 0 to 1

/// "0.6450 .. 0.6671".
std::string intervalText(const metrics::Interval& interval);

/// What the intervals are where the rows are all right or all wrong; "" elsewhere.
std::string alikeText(const metrics::Summary& summary);

/// "0.310 GFLOP an image, 19.3 MB, 6.21 ms a face, 512 images/s (AMD EPYC, 2 threads)".
std::string costText(const metrics::Cost& cost);

/// What the rows' usage is called: its name, or "no usage".
std::string usageText(const metrics::UsagePart& part);

/// "the dataset's labels by FER+'s votes alone 0.6820, by votes and network together 0.7610 (softmax regressions fitted
/// on 3,589 validation images)".
std::string ceilingText(const metrics::Ceiling& ceiling);

}  // namespace fer::report
