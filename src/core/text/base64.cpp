#include "fer/core/text/base64.hpp"

#include <openssl/evp.h>

#include <algorithm>

namespace fer {

std::string base64(std::string_view bytes) {
  constexpr std::size_t kAtOnce = 3 << 20;  // EVP_EncodeBlock counts in int; a multiple of 3 needs no padding within
  std::string text;
  while (!bytes.empty()) {
    const std::string_view part = bytes.substr(0, kAtOnce);
    std::string encoded((part.size() + 2) / 3 * 4 + 1, '\0');  // it writes a zero behind
    const int length =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                        reinterpret_cast<const unsigned char*>(part.data()), static_cast<int>(part.size()));
    text.append(encoded, 0, static_cast<std::size_t>(std::max(0, length)));
    bytes.remove_prefix(part.size());
  }
  return text;
}

}  // namespace fer
