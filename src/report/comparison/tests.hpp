#pragma once

#include "fer/report/comparison/comparison.hpp"

namespace fer::report {

/// Fills in what a set's entries say of each other: the intervals that no evaluation stored, the pairs, the letters.
void testSet(ComparableSet& set, const ComparisonOptions& options);

}  // namespace fer::report
