#include "fer/core/text/joined.hpp"

namespace fer {

std::string joined(std::span<const std::string> texts, const std::string& separator) {
  std::string whole;
  for (std::size_t i = 0; i < texts.size(); ++i) whole += (i == 0 ? "" : separator) + texts[i];
  return whole;
}

}  // namespace fer
