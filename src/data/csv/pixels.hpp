#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "data/csv/field.hpp"

namespace fer::data::csv {

/// How far beyond its text readPixelsFast may look: bytes that must be readable there, whatever they hold.
constexpr std::size_t kReadAhead = 8;

/// Reads out.size() numbers 0..255 of one to three digits with single spaces between. Returns where the last one ends
/// (any byte but a digit stands there), or nullptr if the text is not written so: then readPixels decides whether it is
/// wrong or only unusual. The text must end with a byte below '0' that is no space, such as a line break.
const char* readPixelsFast(const char* text, std::span<std::uint8_t> out);

/// Reads a field of out.size() whole numbers 0..255 with any blanks between and around them. On a fault `out` holds
/// anything; the fault's column counts from the field's first byte.
std::optional<LineFault> readPixels(std::string_view field, std::span<std::uint8_t> out);

}  // namespace fer::data::csv
