#include <cstdio>
#include <cstdlib>

#include "fuzz/driver.hpp"

namespace fer::fuzz {

void require(bool holds, const std::string& message) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", message.c_str());
  std::abort();
}

}  // namespace fer::fuzz
