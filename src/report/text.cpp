#include "report/text.hpp"

#include <cctype>

namespace fer::report {
namespace {

bool startsCharacter(char byte) {
  constexpr unsigned kContinuationMask = 0xC0;
  constexpr unsigned kContinuation = 0x80;
  return (static_cast<unsigned char>(byte) & kContinuationMask) != kContinuation;
}

bool isControl(char byte) {
  return std::iscntrl(static_cast<unsigned char>(byte)) != 0;
}

bool isWord(std::string_view text, std::size_t at) {
  return at < text.size() && std::isalnum(static_cast<unsigned char>(text[at])) != 0;
}

std::string blanks(std::string_view text, std::size_t width) {
  const std::size_t used = characters(text);
  std::string out;
  out.resize(used < width ? width - used : 0, ' ');
  return out;
}

}  // namespace

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (const char byte : text) count += startsCharacter(byte) ? 1 : 0;
  return count;
}

std::string padLeft(std::string_view text, std::size_t width) {
  return blanks(text, width) + std::string(text);
}

std::string padRight(std::string_view text, std::size_t width) {
  return std::string(text) + blanks(text, width);
}

std::string shortened(std::string_view text, std::size_t most) {
  if (characters(text) <= most) return std::string(text);
  std::size_t end = 0;
  for (std::size_t count = 0; end < text.size(); ++end)
    if (startsCharacter(text[end]) && ++count == most) break;
  while (end > 0 && text[end - 1] == ' ') --end;
  return std::string(text.substr(0, end)) + "…";
}

std::string xmlText(std::string_view text) {
  std::string out;
  for (const char byte : text) {
    switch (byte) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += isControl(byte) ? ' ' : byte;
    }
  }
  return out;
}

std::string markdownText(std::string_view text) {
  constexpr std::string_view kMarkup = "\\`*[]<>|&#";
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    // An underscore within a word is plain text: vgg_block stays readable.
    const bool marks = kMarkup.find(text[at]) != std::string_view::npos ||
                       (text[at] == '_' && !(at > 0 && isWord(text, at - 1) && isWord(text, at + 1)));
    if (marks) out += '\\';
    out += isControl(text[at]) ? ' ' : text[at];
  }
  return out;
}

}  // namespace fer::report
