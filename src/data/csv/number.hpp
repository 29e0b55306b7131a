#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fer::data::csv {

/// The value of decimal digits, or nothing if the text is anything else. Values above a million come out as a million.
std::optional<unsigned> wholeNumber(std::string_view text);

/// "NAME 300 is outside 0..255", or "NAME `x` is not a whole number 0..255", for a word that is no number 0..largest.
std::string describeBadNumber(const std::string& name, std::string_view word, unsigned largest);

}  // namespace fer::data::csv
