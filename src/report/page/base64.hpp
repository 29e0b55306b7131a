#pragma once

#include <string>
#include <string_view>

namespace fer::report {

/// Source: RFC 4648, section 4.
std::string base64(std::string_view bytes);

/// "data:image/png;base64,...".
std::string pngAddress(std::string_view png);

}  // namespace fer::report
