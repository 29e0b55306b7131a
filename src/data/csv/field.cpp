#include "data/csv/field.hpp"

#include <algorithm>

namespace fer::data::csv {

bool FieldCursor::endFieldAt(const char* at) {
  if (at < end_ && *at != ',') return false;
  more_ = at < end_;
  next_ = more_ ? at + 1 : at;
  return true;
}

Field FieldCursor::take() {
  const char* first = std::find_if(next_, end_, [](char c) { return c != ' ' && c != '\t'; });
  if (first < end_ && *first == '"') return takeQuoted(first);
  const char* begin = next_;
  const char* comma = std::find(begin, end_, ',');
  endFieldAt(comma);
  return {{begin, comma}};
}

Field FieldCursor::takeQuoted(const char* quote) {
  const char* begin = quote + 1;
  const char* close = std::find(begin, end_, '"');
  while (close < end_ && close + 1 < end_ && close[1] == '"') close = std::find(close + 2, end_, '"');
  if (close == end_) {
    more_ = false;
    return {{begin, end_}, "the quote is not closed on its line: expected \"", quote};
  }
  const char* after = std::find_if(close + 1, end_, [](char c) { return c != ' ' && c != '\t'; });
  if (!endFieldAt(after)) {
    more_ = false;
    return {{begin, close}, "expected a comma after the closing quote", after};
  }
  return {{begin, close}};
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return text.substr(0, 0);
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string_view withoutReturns(std::string_view line) {
  return line.substr(0, line.find_last_not_of('\r') + 1);  // npos + 1 is 0: nothing but returns
}

std::string shown(std::string_view text) {
  constexpr std::size_t kLongest = 24;
  constexpr const char* kDigits = "0123456789abcdef";
  std::string result = "`";
  for (const char c : text.substr(0, kLongest)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= ' ' && byte <= '~')
      result += c;
    else
      result += {'\\', 'x', kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return result + (text.size() > kLongest ? "...`" : "`");
}

}  // namespace fer::data::csv
