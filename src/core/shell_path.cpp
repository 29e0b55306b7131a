#include "fer/core/shell_path.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace fer {

std::string shellPath(const std::filesystem::path& path) {
  constexpr std::string_view kPlain = "_-./:=@%+,";
  const std::string text = path.native().starts_with('-') ? "./" + path.native() : path.native();
  const bool plain = std::all_of(text.begin(), text.end(), [&](unsigned char letter) {
    return (letter < 0x80 && std::isalnum(letter) != 0) || kPlain.find(static_cast<char>(letter)) != kPlain.npos;
  });
  if (plain && !text.empty()) return text;
  std::string quoted = "'";
  for (const char letter : text) quoted += letter == '\'' ? "'\\''" : std::string(1, letter);
  return quoted + "'";
}

std::string shortPath(const std::filesystem::path& path) {
  const std::string relative = std::filesystem::proximate(path).string();
  return relative.starts_with("..") ? path.string() : relative;
}

}  // namespace fer
