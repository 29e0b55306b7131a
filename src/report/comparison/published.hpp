#pragma once

#include <optional>

#include "fer/metrics/summary.hpp"
#include "fer/report/comparison/comparison.hpp"

namespace fer::report {

/// What the original project published for the evaluation's model, where it is the original's experiment: its model,
/// protocol and 7,178 test images.
std::optional<Published> publishedFor(const metrics::Summary& summary);

}  // namespace fer::report
