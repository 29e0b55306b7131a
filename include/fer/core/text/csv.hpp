#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fer {

/// Quoted where CSV (RFC 4180) needs it.
std::string csvField(std::string_view text);

/// Fields, each quoted where it must be, with commas between and a line feed behind.
std::string csvLine(const std::vector<std::string>& fields);

}  // namespace fer
