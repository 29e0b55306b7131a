#pragma once

#include <string>
#include <string_view>

#include "fer/metrics/robustness.hpp"

namespace fer::report {

constexpr int kRobustnessSchema = 1;

/// robustness.json; docs/evaluation.md lists the keys.
std::string robustnessJson(const metrics::Robustness& robustness);

/// The reverse. Throws Error (bad data) with the origin (a path) and the key, where the text is damaged or of a newer
/// schema.
metrics::Robustness parseRobustnessJson(std::string_view text, const std::string& origin);

}  // namespace fer::report
