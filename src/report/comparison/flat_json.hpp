#pragma once

#include <string>

#include "fer/report/comparison/run_result.hpp"

namespace fer::report {

/// Throws Error (bad data) with the origin where the text is no JSON object.
FlatJson flatJson(const std::string& text, const std::string& origin);

}  // namespace fer::report
