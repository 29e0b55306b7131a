#include "fer/core/text/letters.hpp"

#include <algorithm>

namespace fer {
namespace {

char lowerLetter(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

}  // namespace

std::string lowerCase(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), lowerLetter);
  return lower;
}

bool sameInAnyCase(std::string_view one, std::string_view other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](char a, char b) { return lowerLetter(a) == lowerLetter(b); });
}

}  // namespace fer
