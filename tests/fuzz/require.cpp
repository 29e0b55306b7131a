#include <cstdio>
#include <cstdlib>

#include "fuzz/driver.hpp"

namespace fer::fuzz {

void require(bool holds, const std::string& message) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", message.c_str());
  std::abort();
}

void requireDataError(const Error& error, const std::string& origin) {
  const std::string said = error.what();
  require(error.fault() == Fault::kData, "an error that is not of the data: " + said);
  require(said.starts_with(origin), "an error without the file: " + said);
}

}  // namespace fer::fuzz
