#pragma once

#include <string>
#include <utility>
#include <vector>

#include "fer/metrics/summary.hpp"

namespace fer::report {

/// The runs that repeat one of the original project's (its model, protocol and 7,178 test images) beside the scores
/// that it published for it, in per cent as it gave them; nothing where there is none.
std::string besidePublished(const std::vector<std::pair<std::string, const metrics::Summary*>>& runs,
                            const std::string& split);

}  // namespace fer::report
