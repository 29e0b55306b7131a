#pragma once

#include <string_view>

namespace fer::report {

/// The style sheet of the report's page on a screen, light and dark.
std::string_view pageStyle();

/// What paper changes of it: light, nothing cut or torn, nothing folded.
std::string_view printStyle();

}  // namespace fer::report
