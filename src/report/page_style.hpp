#pragma once

#include <string_view>

namespace fer::report {

/// The style sheet of the report's page: light, dark and print.
std::string_view pageStyle();

}  // namespace fer::report
