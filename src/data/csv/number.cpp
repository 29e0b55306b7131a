#include "data/csv/number.hpp"

#include <algorithm>

#include "data/csv/field.hpp"

namespace fer::data::csv {

std::optional<unsigned> wholeNumber(std::string_view text) {
  constexpr unsigned kMost = 1'000'000;
  if (text.empty()) return std::nullopt;
  unsigned value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = std::min(value * 10 + static_cast<unsigned>(c - '0'), kMost);
  }
  return value;
}

std::string describeBadNumber(const std::string& name, std::string_view word, unsigned largest) {
  constexpr std::size_t kLongest = 12;
  const std::string range = "0.." + std::to_string(largest);
  const bool number = wholeNumber(word.starts_with('-') ? word.substr(1) : word).has_value();
  if (number && word.size() <= kLongest) return name + " " + std::string(word) + " is outside " + range;
  return name + " " + shown(word) + (number ? " is outside " : " is not a whole number ") + range;
}

}  // namespace fer::data::csv
