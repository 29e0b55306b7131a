#pragma once

#include <string_view>

namespace fer::report {

/// What the timeline adds to the report's style sheet.
std::string_view timelineStyle();

/// Reads values out under the pointer and by the keyboard, and moves the video.
std::string_view timelineScript();

}  // namespace fer::report
