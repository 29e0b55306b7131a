#include "report/events/crc32c.hpp"

#include <array>
#include <cstddef>

namespace fer::report {
namespace {

constexpr std::size_t kBytes = 256;

constexpr std::array<std::uint32_t, kBytes> table() {
  constexpr std::uint32_t kReversedPolynomial = 0x82F63B78;
  std::array<std::uint32_t, kBytes> entries{};
  for (std::uint32_t byte = 0; byte < kBytes; ++byte) {
    std::uint32_t rest = byte;
    for (int bit = 0; bit < 8; ++bit) rest = (rest >> 1U) ^ ((rest & 1U) != 0 ? kReversedPolynomial : 0);
    entries[byte] = rest;
  }
  return entries;
}

}  // namespace

std::uint32_t crc32c(std::string_view bytes) {
  static constexpr auto kTable = table();
  std::uint32_t sum = 0xFFFFFFFF;
  for (const char byte : bytes) sum = (sum >> 8U) ^ kTable[(sum ^ static_cast<unsigned char>(byte)) & 0xFFU];
  return ~sum;
}

}  // namespace fer::report
