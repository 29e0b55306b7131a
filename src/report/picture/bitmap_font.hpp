#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace fer::report {

constexpr std::size_t kLetterWidth = 6;
constexpr std::size_t kLetterHeight = 10;

/// Rows from the top, the lowest 6 bits of each from the left; the baseline is below row 7.
using Letter = std::array<std::uint8_t, kLetterHeight>;

/// The printable characters of ASCII, from the blank to the tilde. Source: "6x10" of X11's misc-fixed, which is in the
/// public domain.
std::span<const Letter> asciiLetters();

}  // namespace fer::report
