#pragma once

#include <string>
#include <vector>

namespace fer::app {

/// A column of counts, one a class.
struct ClassCounts {
  std::string heading;
  std::vector<std::size_t> rows;
};

/// Prints how many rows of each class each column has, with sums and each class's share.
void printClassTable(const std::vector<std::string>& classes, const std::vector<ClassCounts>& columns);

}  // namespace fer::app
