#include "fer/core/text/numbers.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace fer {
namespace {

/// What std::to_chars makes of a value and its other arguments.
template <class... Form>
std::string characters(auto value, Form... form) {
  constexpr std::size_t kLongest = 400;  // the largest double has 309 digits before the point
  std::array<char, kLongest> buffer{};
  return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, form...).ptr};
}

}  // namespace

std::string fixed(double value, int digits) {
  return characters(value, std::chars_format::fixed, digits);
}

std::string shortest(double value) {
  return characters(value);
}

std::string shortest(float value) {
  return characters(value);
}

double ownDigits(float value) {
  const std::string text = shortest(value);
  double own = 0;
  std::from_chars(text.data(), text.data() + text.size(), own);
  return own;
}

std::string plain(double value) {
  constexpr double kExact = 1e15;
  const bool whole = value == std::floor(value) && std::abs(value) < kExact;
  return whole ? characters(static_cast<long long>(value)) : characters(value);
}

std::string compact(double value) {
  constexpr int kDigits = 6;
  return characters(value, std::chars_format::general, kDigits);
}

std::string scientific(double value) {
  return characters(value, std::chars_format::scientific, 2);
}

std::string grouped(long long value) {
  constexpr int kGroup = 3;
  std::string text = std::to_string(value);
  const int first = value < 0 ? 1 : 0;
  for (int at = static_cast<int>(text.size()) - kGroup; at > first; at -= kGroup)
    text.insert(static_cast<std::size_t>(at), ",");
  return text;
}

}  // namespace fer
