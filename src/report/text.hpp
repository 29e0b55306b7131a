#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fer::report {

/// Characters of a UTF-8 text, each code point counted once (as Python's len).
std::size_t characters(std::string_view text);

/// Blanks before or after, up to a width in characters.
std::string padLeft(std::string_view text, std::size_t width);
std::string padRight(std::string_view text, std::size_t width);

/// The first characters with an ellipsis where there are more than `most`.
std::string shortened(std::string_view text, std::size_t most);

/// Text that stands for itself in an XML document; control characters, which XML forbids, become blanks.
std::string xmlText(std::string_view text);

/// Text that stands for itself in a Markdown table: markup is escaped, control characters become blanks.
std::string markdownText(std::string_view text);

}  // namespace fer::report
