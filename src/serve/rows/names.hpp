#pragma once

#include <string>
#include <string_view>

#include "fer/serve/frame_result.hpp"

namespace fer::serve {

/// Control characters as blanks: a name with a line feed may not cut a line of a file in two.
std::string oneLine(std::string_view text);

/// The same with each name in one line. Throws Error (usage) where a name is missing or stands twice
/// (rows could not be told apart), std::invalid_argument where there is no source or no class.
ResultSource checkedNames(ResultSource source);

/// Throws std::invalid_argument for a result that is not of these sources and classes.
void requireFits(const FrameResult& result, const ResultSource& source);

}  // namespace fer::serve
