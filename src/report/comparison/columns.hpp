#pragma once

#include <functional>
#include <string>
#include <vector>

#include "fer/report/comparison/comparison.hpp"

namespace fer::report {

/// One column of the ranked table: every writer for people shows the same ones.
struct EntryColumn {
  std::string heading;
  bool number = true;
  std::function<std::string(const Entry&)> text;      ///< plain; "" where nothing was measured
  std::function<std::string(const Entry&)> interval;  ///< plain; not set for what has none
  std::function<double(const Entry&)> goodness;       ///< higher is better; not set where there is no best
};

/// The columns of the ranked table after the name; those that no entry of the set has anything in are left out.
std::vector<EntryColumn> entryColumns(const ComparableSet& set);

/// No other entry of the set is better in the column.
bool isBest(const ComparableSet& set, const EntryColumn& column, const Entry& entry);

}  // namespace fer::report
