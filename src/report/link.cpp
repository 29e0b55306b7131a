#include "report/link.hpp"

#include <string_view>

namespace fer::report {

std::string linkTarget(const std::filesystem::path& path) {
  constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  constexpr const char* kDigits = "0123456789ABCDEF";
  constexpr unsigned kBase = 16;
  std::string out;
  for (const char byte : path.generic_string()) {
    const auto value = static_cast<unsigned char>(byte);
    if (kPlain.find(byte) != std::string_view::npos)
      out += byte;
    else
      out += std::string("%") + kDigits[value / kBase] + kDigits[value % kBase];
  }
  return out;
}

}  // namespace fer::report
