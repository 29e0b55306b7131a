#pragma once

#include <string>
#include <vector>

namespace fer::report {

/// A colour a class, of the page's own (style.cpp, report/page/style.cpp). Emotions have those that people expect, as
/// far as a colour-blind safe palette goes; other classes those that are left.
std::vector<std::string> classColours(const std::vector<std::string>& classes);

}  // namespace fer::report
