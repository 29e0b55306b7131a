#pragma once

#include <string>
#include <string_view>

namespace fer::report {

/// Quoted where CSV (RFC 4180) needs it.
std::string csvField(std::string_view text);

}  // namespace fer::report
