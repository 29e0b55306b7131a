#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace fer::serve {

using WallTime = std::chrono::system_clock::time_point;

/// ISO 8601 in UTC with milliseconds: "2026-01-02T03:04:05.678Z".
std::string wallTimeText(WallTime time);

/// What wallTimeText wrote, of the years 1970 to 2199; nothing for any other text.
std::optional<WallTime> parseWallTime(std::string_view text);

}  // namespace fer::serve
